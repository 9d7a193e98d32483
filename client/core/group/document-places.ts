import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { familyLimits, logLimits } from '../../../shared/limits.ts'
import type { InvitationKey } from './statements.ts'
import type { Vouchers } from './vouchers.ts'

/** The places for feeds that there are in a family document, and who has them. */
export interface DocumentPlaces {
  /** How many feeds are there of devices that somebody vouches for. */
  readonly count: number
  /** Takes one more place, if this device may have one. */
  take(device: DeviceId): boolean
}

/**
 * P3: whoever can certify devices, or holds an invitation’s secret, can make any number of them. So an account has so many places, of which the
 * later ones are given only while there are plenty; and by one invitation no more accounts come to a place than it is for, but for those
 * whom somebody in charge has named. An honest family never meets these bounds, and in no other is it an order of arrival that decides.
 */
export const countPlaces = (vouchers: Vouchers, begun: Iterable<DeviceId>): DocumentPlaces => {
  const ofAccount = new Map<AccountId, number>()
  const byInvitation = new Map<InvitationKey, number>()
  let count = 0

  const give = (device: DeviceId): void => {
    const accounts = vouchers.accountsOf(device)
    if (accounts.length > 0) count += 1
    for (const account of accounts) {
      const before = ofAccount.get(account) ?? 0
      ofAccount.set(account, before + 1)
      if (before > 0) continue
      for (const key of vouchers.invitationsOf(account).keys())
        byInvitation.set(key, (byInvitation.get(key) ?? 0) + 1)
    }
  }
  const mayCome = (account: AccountId): boolean =>
    vouchers.isNamed(account) ||
    [...vouchers.invitationsOf(account)].some(([key, uses]) => (byInvitation.get(key) ?? 0) < uses)
  const hasPlace = (account: AccountId): boolean => {
    const taken = ofAccount.get(account) ?? 0
    if (taken === 0) return mayCome(account)
    const areMany = count >= logLimits.maxFeedsPerPage - familyLimits.firstDevicePlaces
    return taken < familyLimits.maxFeedsOfAccount && !areMany
  }

  for (const device of begun) give(device)
  return {
    get count() {
      return count
    },
    take(device) {
      if (count >= logLimits.maxFeedsPerPage || !vouchers.accountsOf(device).some(hasPlace)) return false
      give(device)
      return true
    },
  }
}
