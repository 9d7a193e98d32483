import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { LinkWay } from '../doctor.ts'

/** By which way somebody's words come here: straight from one of their devices, or over a relay from all that are linked (ux 22). */
export type PersonWay = 'direct' | 'relayed'

/** Whose devices are linked now, each with the way as far as it is known. Of several devices the shortest way counts. */
export const waysOfLinked = (
  devices: readonly DeviceId[],
  accountOf: (device: DeviceId) => AccountId | undefined,
  ways: ReadonlyMap<DeviceId, LinkWay>,
): ReadonlyMap<AccountId | undefined, PersonWay | undefined> => {
  const found = new Map<AccountId | undefined, PersonWay | undefined>()
  for (const device of devices) {
    const account = accountOf(device)
    const isRelayed = ways.get(device)?.isRelayed
    const way = isRelayed === undefined ? undefined : isRelayed ? 'relayed' : 'direct'
    const before = found.get(account)
    found.set(account, before === 'direct' ? before : (way ?? before))
  }
  return found
}
