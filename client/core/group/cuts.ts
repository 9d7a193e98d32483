import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { DeviceAccounts } from './device-accounts.ts'
import type { Said } from './said.ts'
import type { Cut } from './statements.ts'

/** How much of each device's entries counts. */
export const createCuts = (devices: DeviceAccounts) => {
  const lengths = new Map<DeviceId, number>()
  const of = (device: DeviceId): number =>
    Math.min(devices.revokedAfter(device) ?? Infinity, lengths.get(device) ?? Infinity)
  return {
    of,
    /** What stands nowhere cannot have been said before the cut. */
    isCut({ statement, seq }: Said): boolean {
      const length = of(statement.signer)
      return length !== Infinity && (seq ?? Infinity) >= length
    },
    cutAccount(account: AccountId, listed: readonly Cut[]) {
      for (const { device } of devices.devicesOf(account)) {
        const length = listed.find((cut) => cut.device === device)?.length ?? 0
        lengths.set(device, Math.min(length, lengths.get(device) ?? Infinity))
      }
    },
  }
}
