import type { AccountId, DeviceId } from '../../shared/identifiers.ts'
import type { Role } from '../../shared/roles.ts'
import type { ServerEventKind } from '../../shared/server-overview.ts'

/**
 * What the server remembers, as plain data. Keys, boxes and records are base64url, as they travel; times are milliseconds since the
 * epoch. None of it opens anything: tokens, tickets and codes are here as hashes only (A1, A3).
 */
export interface Account {
  readonly account: AccountId
  readonly identityKey: string
  readonly identityKem: string
  readonly name: string
  readonly role: Role
  readonly isDisabled: boolean
  readonly createdAt: number
  readonly lastSeenAt: number | undefined
  /** What OPAQUE knows the account by: random, so that a name can be changed. */
  readonly opaqueId: string
  readonly opaqueRecord: string
  readonly seedBox: string
  readonly keyringBox: string | undefined
  readonly admissionBox: string | undefined
}

export interface Device {
  readonly device: DeviceId
  readonly account: AccountId
  readonly certificate: string
  readonly name: string
  readonly createdAt: number
  readonly lastSeenAt: number
  /** Has a session, or may come back by its key. */
  readonly isSignedIn: boolean
}

/** SHA-256 of a session's token, base64url: all that is kept of it (A3). */
export type SessionKey = string & { readonly __brand: 'SessionKey' }

/** Whose a session is. */
export interface Visitor {
  readonly session: SessionKey
  readonly device: DeviceId
  readonly account: AccountId
  readonly name: string
  readonly role: Role
  readonly usedAt: number
}

/** `earned` lets a device in or changes the password; once it has changed it, it is `session`, and only lets in. */
export type TicketKind = 'registration' | 'login' | 'recovery' | 'challenge' | 'earned' | 'session'

export interface Ticket {
  readonly hash: string
  readonly kind: TicketKind
  readonly expiresAt: number
  readonly account?: AccountId | undefined
  readonly device?: DeviceId | undefined
  readonly name?: string | undefined
  /** The hash of an invitation's code. */
  readonly invitation?: string | undefined
  readonly data?: string | undefined
}

export interface StoredInvitation {
  readonly id: string
  readonly codeHash: string
  readonly role: Role
  /** Undefined for those made on the server itself. */
  readonly createdBy: AccountId | undefined
  readonly createdAt: number
  readonly expiresAt: number
  readonly uses: number
  readonly used: number
  readonly revokedAt: number | undefined
  readonly welcome: string | undefined
  readonly again: AccountId | undefined
  /** The name of `again` when the invitation was made. */
  readonly againAs: string | undefined
}

export type InvitationState = 'open' | 'used' | 'expired' | 'revoked'

export const stateOf = (invitation: StoredInvitation, now: number): InvitationState => {
  if (invitation.revokedAt !== undefined) return 'revoked'
  if (invitation.used >= invitation.uses) return 'used'
  return invitation.expiresAt <= now ? 'expired' : 'open'
}

export interface ServerEvent {
  readonly at: number
  readonly kind: ServerEventKind
  readonly account?: AccountId | undefined
  readonly who?: string | undefined
  readonly address?: string | undefined
  readonly why?: string | undefined
}
