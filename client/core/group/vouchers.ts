import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Genesis } from './genesis.ts'
import type { InvitationKey, Statement } from './statements.ts'

/** Who has ever had a say in a family, and for which devices they vouch. */
export interface Vouchers {
  /** The accounts that certified a device and are members, or once were: none for a device that nobody has let in. */
  accountsOf(device: DeviceId): readonly AccountId[]
  /** Whether an account is the founder's, or was named by whoever is in charge: no other can take its place. */
  isNamed(account: AccountId): boolean
  /** By which invitations an account came, and how many may by each. */
  invitationsOf(account: AccountId): ReadonlyMap<InvitationKey, number>
}

/**
 * Whose entries may stand in the family document (P3). Unlike membership this only ever grows: neither removals, cuts and withdrawals nor
 * clocks are looked at. So what one device let in no other has to leave out because of what it heard first (G7). Everybody who is a member by
 * any part of these statements is among them. Whoever was an admin once, and a member by invitation, may vouch for more than the fold believes;
 * how many that can be is bounded where places are given.
 */
export const readVouchers = (genesis: Genesis, statements: Iterable<Statement>): Vouchers => {
  const certifiedBy = new Map<DeviceId, Set<AccountId>>()
  const joined = new Map<InvitationKey, Set<AccountId>>()
  const said: Statement[] = []
  for (const statement of statements) {
    if (statement.type === 'certificate') {
      const { device, identity } = statement.certificate
      addTo(certifiedBy, device, identity.account)
    } else if (statement.type === 'join') addTo(joined, statement.key, statement.account)
    else said.push(statement)
  }
  const isOf = (device: DeviceId, accounts: ReadonlySet<AccountId>): boolean =>
    [...(certifiedBy.get(device) ?? [])].some((account) => accounts.has(account))

  const named = new Set([genesis.owner])
  const admins = new Set<AccountId>()
  const cameBy = new Map<AccountId, Map<InvitationKey, number>>()
  const takeIn = (key: InvitationKey, uses: number, also?: Set<AccountId>): void => {
    for (const account of joined.get(key) ?? []) {
      const invitations = cameBy.get(account) ?? new Map<InvitationKey, number>()
      cameBy.set(account, invitations.set(key, Math.max(uses, invitations.get(key) ?? 0)))
      also?.add(account)
    }
  }
  const owner = new Set([genesis.owner])
  for (const one of said) {
    if (!('signer' in one) || !isOf(one.signer, owner)) continue
    if (one.type === 'invitation') takeIn(one.key, one.uses, one.role === 'admin' ? admins : undefined)
    if (one.type === 'withdrawal') for (const account of one.joined) named.add(account)
    if (one.type !== 'role') continue
    named.add(one.account)
    // Who is named without having been invited belongs to the family as well.
    cameBy.set(one.account, cameBy.get(one.account) ?? new Map<InvitationKey, number>())
    if (one.role === 'admin') admins.add(one.account)
  }
  for (const one of said) {
    if (!('signer' in one) || !isOf(one.signer, admins)) continue
    if (one.type === 'invitation' && one.role === 'member') takeIn(one.key, one.uses)
    if (one.type === 'withdrawal') for (const account of one.joined) named.add(account)
  }

  return {
    accountsOf: (device) =>
      [...(certifiedBy.get(device) ?? [])].filter(
        (account) => account === genesis.owner || cameBy.has(account),
      ),
    isNamed: (account) => named.has(account),
    invitationsOf: (account) => cameBy.get(account) ?? new Map<InvitationKey, number>(),
  }
}

const addTo = <Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void => {
  map.set(key, (map.get(key) ?? new Set<Value>()).add(value))
}
