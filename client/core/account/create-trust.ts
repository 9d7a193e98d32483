import type { AccountId } from '../../../shared/identifiers.ts'
import type { Family } from '../group/family.ts'
import { ok } from '../../../shared/result.ts'
import { checkSafetyCode, safetyCodeOf, safetyNumberOf } from '../identity/safety-number.ts'
import type { Trust } from './family-office.ts'
import type { TrustMarks } from '../room/trust-marks.ts'
import type { VaultKeeper } from './vault-keeper.ts'

export interface TrustOptions {
  family: Pick<Family, 'state'>
  me: () => AccountId
  keeper: VaultKeeper
}

/** I7: whom one has made sure of, remembered in this device's vault. */
export const createTrust = ({ family, me, keeper }: TrustOptions): Trust => {
  const isKnown = (account: AccountId) => family.state.get().membership.members.has(account)
  const mark = async (which: keyof TrustMarks, account: AccountId, isMarked: boolean) => {
    const changed = await keeper.changeNotes(({ trust, ...notes }) => {
      const marked = new Set(trust[which])
      if (isMarked) marked.add(account)
      else marked.delete(account)
      return { ...notes, trust: { ...trust, [which]: marked } }
    })
    return changed.ok ? ok(undefined) : changed
  }
  return {
    // Who waits to be let in knows nobody's account yet but their own.
    safetyNumber: (account) => safetyNumberOf(isKnown(account) ? me() : account, account),
    safetyCode: (account) => Promise.resolve(safetyCodeOf(me(), account)),
    checkCode: (account, scanned) =>
      Promise.resolve(checkSafetyCode(scanned, { mine: me(), theirs: account })),
    async setVerified(account, isVerified) {
      // Who was made sure of is no stranger under a known name any more.
      const accepted = isVerified ? await mark('accepted', account, true) : ok(undefined)
      return accepted.ok ? mark('verified', account, isVerified) : accepted
    },
    acceptIdentity: (account) => mark('accepted', account, true),
    setBlocked: (account, isBlocked) => mark('blocked', account, isBlocked),
  }
}
