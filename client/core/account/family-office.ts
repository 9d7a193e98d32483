import type { AccountRow } from '../../../shared/accounts.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { InvitationRow } from '../../../shared/invitations.ts'
import type { Result } from '../../../shared/result.ts'
import type { Role } from '../../../shared/roles.ts'
import type { ServerOverview } from '../../../shared/server-overview.ts'
import type { Value } from '../value.ts'
import type { AccountProblem } from './account-problem.ts'

type Outcome<Done = void> = Promise<Result<Done, AccountProblem>>

/** What owner and admins may do about the family, and everybody about trust (G2, I7). */
export interface FamilyOffice {
  readonly familyName: Value<string>
  readonly myRole: Value<Role>
  invite(wish: InvitationWish): Outcome<NewInvitationLink>
  invitations(): Outcome<readonly InvitationRow[]>
  revokeInvitation(id: string): Outcome
  /** The server's accounts, those that wait to be let in among them. */
  accounts(): Outcome<readonly AccountRow[]>
  setRole(account: AccountId, role: Exclude<Role, 'owner'>): Outcome
  setDisabled(account: AccountId, isDisabled: boolean): Outcome
  /** Sessions, sockets, links and keys of all their devices end. */
  remove(account: AccountId): Outcome
  /** For somebody who lost both password and phrase: they come in anew under their name, with a new identity. */
  inviteAgain(account: AccountId): Outcome<NewInvitationLink>
  /** Lets in somebody who registered by an invitation from the server. Compare `safetyNumber` with them first. */
  letIn(account: AccountRow): Outcome
  overview(): Outcome<ServerOverview>
  readonly trust: Trust
}

export interface InvitationWish {
  role: Exclude<Role, 'owner'>
  lifetimeMs: number
  uses: number
}

export interface NewInvitationLink {
  id: string
  link: string
  expiresAt: number
}

/** I7: whom this account's owner has made sure of. */
export interface Trust {
  /** Sixty digits in twelve groups of five, the same on both sides. */
  safetyNumber(account: AccountId): Promise<string>
  /** What the QR code beside it says. */
  safetyCode(account: AccountId): Promise<string>
  /** Whether what was scanned from the other's screen belongs to this pair. */
  checkCode(account: AccountId, scanned: string): Promise<'match' | 'mismatch' | 'notACode'>
  setVerified(account: AccountId, isVerified: boolean): Outcome
  /** The warning about a new identity was read. */
  acceptIdentity(account: AccountId): Outcome
  /** Their direct messages show no more, or again. */
  setBlocked(account: AccountId, isBlocked: boolean): Outcome
}
