import type { Arrival } from '../core/account/arrival.ts'
import type { FamilyOffice } from '../core/account/family-office.ts'
import type { AddressHiding, LockedDoor, MyAccount } from '../core/account/my-account.ts'
import type { ConnectionDoctor } from '../core/doctor.ts'
import type { Hearth } from '../core/hearth.ts'
import type { StoreProblem, VaultProblem } from '../core/ports.ts'
import type { Search } from '../core/search/search.ts'
import type { Value } from '../core/value.ts'
import type { CallDesk } from './call-stage.ts'

/** Why Hearth could not be opened at all. */
export type OpeningProblem =
  | StoreProblem
  | VaultProblem
  /** The browser closed the database under us: it was cleared, or is broken. */
  | { type: 'storageTaken' }
  /** The browser lacks something Hearth is built on. */
  | { type: 'browserTooOld' }
  /** A bug reached the handler at the top. */
  | { type: 'unexpected'; detail: string }

/** `turnedAway`: the server will not have this device, and the family has not said why (yet). */
export type SignedOutWhy = 'deviceRevoked' | 'accountRemoved' | 'turnedAway'

/** What a person may do beside talking. */
export interface SignedIn {
  account: MyAccount
  office: FamilyOffice
  /** Left out where there is no network to look at, in a gallery. */
  doctor?: ConnectionDoctor | undefined
  search: Pick<Search, 'find'>
}

/** What the whole screen is: exactly one of these at a time. The composition root decides which. */
export type AppState =
  | { status: 'starting' }
  /** Not a secure context, so no WebCrypto (docs: /trust). */
  | { status: 'insecure' }
  /** Nobody is signed in in this browser. */
  | { status: 'arriving'; arrival: Arrival }
  /** Registered just now: the recovery phrase is offered once (ux 4). */
  | { status: 'keepPhrase'; words: readonly string[]; onKept: () => void; onLater: () => void }
  /** Registered by an invitation from the server: an owner or admin has yet to let them in. */
  | { status: 'waiting'; name: string; safetyNumber: string; signOut: () => Promise<void> }
  | { status: 'locked'; door: LockedDoor }
  | {
      status: 'ready'
      /** At a start what the screen showed last, until the core is here. */
      hearth: Hearth
      phrase: MyAccount['phrase']
      addressHiding: AddressHiding
      /** Undefined until the core is here. */
      signedIn: Value<SignedIn | undefined>
      /** Undefined until the network is there. */
      calls: Value<CallDesk | undefined>
      /** A link of a device that wants to be linked, which this page was opened with (I8). */
      linking?: string | undefined
      /** The first screen stands there. */
      onDrawn?: () => void
    }
  /** This device was signed out elsewhere, or its account removed: what it holds stays until its person decides. */
  | {
      status: 'signedOut'
      why: SignedOutWhy
      /** Wipes this browser, and begins anew. */
      wipe: () => Promise<void>
    }
  /** Another tab has it open (P7). */
  | { status: 'elsewhere'; takeOver: () => void }
  /** It was open here, and another tab took it (P7). */
  | { status: 'taken' }
  | { status: 'broken'; problem: OpeningProblem }
