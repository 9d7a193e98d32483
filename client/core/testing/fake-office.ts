import type { AccountRow } from '../../../shared/accounts.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { InvitationRow } from '../../../shared/invitations.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { ServerOverview } from '../../../shared/server-overview.ts'
import type { AccountProblem } from '../account/account-problem.ts'
import type { FamilyOffice, InvitationWish, NewInvitationLink } from '../account/family-office.ts'
import type { Person } from '../hearth.ts'
import { createValue, type MutableValue, type Value } from '../value.ts'

const day = 24 * 60 * 60_000

/** A server's row about somebody; the keys are nobody's. */
export const fakeAccountRow = (
  person: Pick<Person, 'id' | 'name' | 'role'>,
  is: Partial<AccountRow> = {},
): AccountRow => ({
  account: person.id,
  name: person.name,
  role: person.role,
  createdAt: 0,
  isDisabled: false,
  isConnected: false,
  deviceCount: 1,
  isWaiting: false,
  identityKey: 'A'.repeat(43),
  ...is,
})

export const fakeInvitations = (nowMs: number, createdBy: AccountId): InvitationRow[] => {
  const row = (id: string, is: Partial<InvitationRow> = {}): InvitationRow => ({
    id,
    role: 'member',
    state: 'open',
    createdBy,
    createdAt: nowMs - day,
    expiresAt: nowMs + 2 * day,
    uses: 1,
    used: 0,
    ...is,
  })
  return [
    row('cousins', { uses: 5, used: 2 }),
    row('uncle', { role: 'admin', expiresAt: nowMs + 3_600_000 }),
    row('grandpa', { againAs: 'Grandpa Joe' }),
    row('used', { state: 'used', used: 1 }),
    row('late', { state: 'expired', expiresAt: nowMs - 4 * day }),
    row('mistake', { state: 'revoked' }),
  ]
}

export interface FakeOffice extends FamilyOffice {
  readonly myRole: Value<Person['role']>
  readonly familyName: MutableValue<string>
}

export const createFakeOffice = (options: {
  me: Person
  nowMs: () => number
  changePerson: (id: AccountId, change: Partial<Person>) => void
  accounts: AccountRow[]
  invitations?: InvitationRow[]
  overview?: ServerOverview
  /** What everything that needs the server fails with, to see the words for it. */
  problem?: AccountProblem
  /** What a scanned safety code comes to. */
  scanned?: 'match' | 'mismatch' | 'notACode'
}): FakeOffice => {
  const { nowMs, changePerson, problem, overview } = options
  let accounts = options.accounts
  let invitations = options.invitations ?? []
  let made = 0

  const answer = <Value>(value: () => Value): Promise<Result<Value, AccountProblem>> =>
    Promise.resolve(problem ? fail(problem) : ok(value()))

  const changeRow = (account: AccountId, change: Partial<AccountRow>) => {
    accounts = accounts.map((row) => (row.account === account ? { ...row, ...change } : row))
  }

  const invite = (wish: InvitationWish, againAs?: string): NewInvitationLink => {
    const id = `made-${made++}`
    const expiresAt = nowMs() + wish.lifetimeMs
    const row = { id, role: wish.role, state: 'open', createdBy: options.me.id, createdAt: nowMs() } as const
    invitations = [
      { ...row, expiresAt, uses: wish.uses, used: 0, ...(againAs !== undefined && { againAs }) },
      ...invitations,
    ]
    return { id, link: `https://hearth.example/#invite/${id.padEnd(21, 'x')}A`, expiresAt }
  }

  return {
    familyName: createValue('The Lindqvists'),
    myRole: createValue(options.me.role),
    invite: (wish) => answer(() => invite(wish)),
    invitations: () => answer(() => invitations),
    revokeInvitation: (id) =>
      answer(() => {
        invitations = invitations.map((row) => (row.id === id ? { ...row, state: 'revoked' } : row))
      }),
    accounts: () => answer(() => accounts),
    setRole: (account, role) =>
      answer(() => {
        changeRow(account, { role })
        changePerson(account, { role })
      }),
    setDisabled: (account, isDisabled) => answer(() => changeRow(account, { isDisabled })),
    remove: (account) =>
      answer(() => {
        accounts = accounts.filter((row) => row.account !== account)
        changePerson(account, { isRemoved: true })
      }),
    inviteAgain: (account) =>
      answer(() =>
        invite(
          { role: 'member', lifetimeMs: 3 * day, uses: 1 },
          accounts.find((row) => row.account === account)?.name,
        ),
      ),
    letIn: ({ account }) => answer(() => changeRow(account, { isWaiting: false })),
    overview: () =>
      overview ? answer(() => overview) : Promise.resolve(fail(problem ?? { type: 'unreachable' })),
    trust: {
      safetyNumber: (account) =>
        Promise.resolve(
          Array.from({ length: 12 }, (_, index) =>
            String((account.charCodeAt(index % account.length) * 7919 * (index + 3)) % 100_000).padStart(
              5,
              '0',
            ),
          ).join(' '),
        ),
      safetyCode: (account) => Promise.resolve(`https://hearth.example/#verify/${account}`),
      checkCode: () => Promise.resolve(options.scanned ?? 'match'),
      setVerified: (account, isVerified) => {
        changePerson(account, { isVerified })
        return Promise.resolve(ok(undefined))
      },
      setBlocked: (account, isBlocked) => {
        changePerson(account, { isBlocked })
        return Promise.resolve(ok(undefined))
      },
      acceptIdentity: (account) => {
        changePerson(account, { hasNewIdentity: false })
        return Promise.resolve(ok(undefined))
      },
    },
  }
}
