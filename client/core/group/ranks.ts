import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Role } from '../../../shared/roles.ts'
import type { SignedStatement } from './said.ts'

/** Who had which role when, by the owner's word. */
export const createRanks = (
  owner: AccountId,
  admins: ReadonlySet<AccountId>,
  roles: readonly SignedStatement<'role'>[],
) => {
  const changes = (account: AccountId) => roles.filter((role) => role.account === account)
  const startOf = (account: AccountId): Role => (admins.has(account) ? 'admin' : 'member')
  const at = (account: AccountId, ms: number): Role =>
    account === owner ? 'owner' : (changes(account).findLast((one) => one.ms <= ms)?.role ?? startOf(account))
  return {
    at,
    now: (account: AccountId): Role => at(account, Infinity),
    /**
     * Whether somebody was admin when they said it. Not by their clock nor by the owner's, of which one may be wrong, but by where it
     * stands in their feed: between what the owner had seen of that when making them admin, and when making them a member again. So whoever
     * was demoted cannot back-date into their time as admin.
     */
    wasAdmin: (
      account: AccountId,
      { statement, seq }: { statement: { signer: DeviceId }; seq: number | undefined },
    ): boolean => {
      let isAdmin = admins.has(account)
      let from = 0
      for (const { role, cuts } of changes(account)) {
        if ((role === 'admin') === isAdmin) continue
        const seen = cuts.find(({ device }) => device === statement.signer)?.length ?? 0
        if (isAdmin && seq !== undefined && seq >= from && seq < seen) return true
        isAdmin = !isAdmin
        from = seen
      }
      return isAdmin && (seq === undefined || seq >= from)
    },
  }
}
