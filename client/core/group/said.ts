import type { DeviceId } from '../../../shared/identifiers.ts'
import type { FeedId } from '../ports.ts'
import type { InvitationKey, SignedBody, Statement } from './statements.ts'

/** A statement, and where in the family document it stands. It stands nowhere when it came in a welcome, a keyring or a handshake. */
export interface PlacedStatement {
  statement: Statement
  place?: { feed: FeedId; device: DeviceId; seq: number } | undefined
}

export type SignedStatement<Type extends SignedBody['type']> = Extract<Statement, { type: Type }>
export type AnySigned = SignedStatement<SignedBody['type']>
export type Join = Extract<Statement, { type: 'join' }>

export const byTime = (left: { ms: number; id: string }, right: { ms: number; id: string }): number =>
  left.ms - right.ms || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)

const isSigned = (statement: Statement): statement is AnySigned => 'signer' in statement

/** A signed statement, and the earliest place where its own signer has written it. */
export interface Said {
  statement: AnySigned
  seq: number | undefined
}

export const sortUnique = (placed: readonly PlacedStatement[]): Said[] => {
  const unique = new Map<string, Said>()
  for (const { statement, place } of placed) {
    if (!isSigned(statement)) continue
    const seq = place?.device === statement.signer ? place.seq : undefined
    const known = unique.get(statement.id)
    const earliest = Math.min(seq ?? Infinity, known?.seq ?? Infinity)
    unique.set(statement.id, { statement, seq: earliest === Infinity ? undefined : earliest })
  }
  return [...unique.values()].sort((left, right) => byTime(left.statement, right.statement))
}

export const joinsByInvitation = (placed: readonly PlacedStatement[]): Map<InvitationKey, Join[]> => {
  const joins = new Map<InvitationKey, Map<string, Join>>()
  for (const { statement } of placed) {
    if (statement.type !== 'join') continue
    const known = joins.get(statement.key) ?? new Map<string, Join>()
    joins.set(statement.key, known.set(statement.id, statement))
  }
  return new Map([...joins].map(([key, found]) => [key, [...found.values()].sort(byTime)]))
}

export const collect = (statements: readonly AnySigned[]) => ({
  invitations: statements.filter((one) => one.type === 'invitation'),
  withdrawals: statements.filter((one) => one.type === 'withdrawal'),
  roles: statements.filter((one) => one.type === 'role'),
  removals: statements.filter((one) => one.type === 'removal'),
  cuts: statements.filter((one) => one.type === 'cut'),
})
