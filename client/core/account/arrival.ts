import type { Result } from '../../../shared/result.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Value } from '../value.ts'
import type { AccountProblem } from './account-problem.ts'

/** What a person in a browser without an account sees and may do. The composition root makes it. */
export interface Arrival {
  /** The invitation whose link was followed. Without one: sign in, recover, or link. */
  readonly invitation: OpenedInvitation | undefined
  /** Why a link did not lead to an invitation, or why there is no account here any more. */
  readonly problem: ArrivalProblem | undefined
  /** Follows a pasted link; what comes of it is the next state of the app. */
  openLink(link: string): void
  /** On success the app goes on by itself. */
  register(wish: RegistrationWish): Promise<Result<void, AccountProblem>>
  signIn(name: string, password: string): Promise<Result<void, AccountProblem>>
  /** By the 24 words, in any spacing and case; a new password is set. */
  recover(phrase: string, newPassword: string): Promise<Result<void, AccountProblem>>
  /** Shows this device to one that is signed in (I8). */
  beginLinking(): LinkingOffer
}

export type ArrivalProblem =
  | {
      type: 'brokenLink' | 'invitationUnknown' | 'invitationUsed' | 'invitationExpired' | 'invitationRevoked'
    }
  /** The link is good, and its welcome cannot be opened with it. */
  | { type: 'welcomeBroken' }
  | { type: 'unreachable' | 'serverError' }
  | { type: 'tooManyTries'; retryAfterSeconds: number }
  /** The browser has cleared what Hearth had kept in it. */
  | { type: 'storageLost' }
  | { type: 'otherFamily' }

export type OpenedInvitation =
  /** The first of the family: they name it. */
  | { type: 'found' }
  | {
      type: 'join'
      familyName: string
      inviterName: string
      role: Role
      expiresAt: number
      /** Whom it invites again. */
      againAs?: string
    }
  /** Made on the server, which knows no family: somebody has to let them in afterwards. */
  | { type: 'ask'; expiresAt: number; againAs?: string }

export interface RegistrationWish {
  /** For the first of the family only. */
  familyName?: string
  name: string
  password: string
}

export interface LinkingOffer {
  /** What the QR code says: a link to this app. */
  readonly link: string
  /** Six digits, shown on both screens, for people to compare. */
  readonly checkDigits: Promise<string>
  readonly status: Value<'waiting' | 'linked' | 'expired' | 'unreachable'>
  cancel(): void
}
