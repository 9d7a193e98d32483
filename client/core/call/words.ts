import type { AccountId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'

/** The words in which devices speak of calls. Their places are on the wire: only add. */

/** `none`: listens only, as where the microphone is not allowed (ux 32). */
export const sounds = ['on', 'muted', 'none'] as const
export const phases = ['ringingOut', 'inCall'] as const
/** How a device came into a call: by placing it, by answering its ring, or by itself while it went on. */
export const ways = ['started', 'answered', 'joined'] as const
export const callStates = ['ringing', 'answered', 'declined', 'busy', 'missed'] as const

/** 16 random bytes as 22 base64url characters. */
export type CallId = string & { readonly __brand: 'CallId' }

/** Which call. Of two in one room the one with the lower (startedAtMs, id) is the call, and the other becomes it. */
export interface CallName {
  id: CallId
  room: LogId
  /** Milliseconds since the epoch, by the clock of who placed it. */
  startedAtMs: number
  /** Who placed it. A claim of the device that tells of it. */
  by: AccountId
}

/** What a device sends into the call. */
export interface Sending {
  audio: (typeof sounds)[number]
  camera: boolean
  screen: boolean
  /** Asks to speak. */
  hand: boolean
}

/** Somebody a device calls, and what became of it. */
export interface Called {
  account: AccountId
  state: (typeof callStates)[number]
}

export type Way = (typeof ways)[number]

/** One device's being in a call, as it tells it to the others (C2). */
export interface PresentStay {
  call: CallName
  phase: (typeof phases)[number]
  entered: Way
  enteredAtMs: number
  called: readonly Called[]
  sending: Sending
}

/** Picture lines of the tiles in which a device shows what another sends; 0 where it does not show it (C4). */
export interface Tiles {
  camera: number
  screen: number
}

/** How what a device sends arrives, as the receiver measures it. */
export interface QualityReport {
  rttMs: number
  lossPerMille: number
}

export type DeclineReason = 'declined' | 'busy'

export type CallMessage =
  /** I am in this call. The one with the higher sequence holds; a new Link begins anew. */
  | { type: 'presence'; sequence: number; stay: PresentStay }
  /** I am in no call that you may know of any more. `hasWritten`: the room has my summary of it (C6). */
  | { type: 'left'; sequence: number; call: CallId; hasWritten: boolean }
  /** For my account: we do not come. To one's own devices: I have answered for us. */
  | { type: 'decline'; call: CallId; reason: DeclineReason; text: string }
  | { type: 'reaction'; emoji: string }
  | ({ type: 'tiles' } & Tiles)
  | ({ type: 'quality' } & QualityReport)

/** The order of calls: the lowest of a room is its call (C2). */
export const compareCalls = (
  left: Pick<CallName, 'id' | 'startedAtMs'>,
  right: Pick<CallName, 'id' | 'startedAtMs'>,
): number => left.startedAtMs - right.startedAtMs || compareIds(left.id, right.id)

export const compareIds = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
