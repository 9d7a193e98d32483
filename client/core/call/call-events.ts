import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import type { CallSummary } from '../room/call-summary.ts'
import type { CallMachine, CallTimer } from './call-state.ts'
import type { CallFacts } from './ports.ts'
import type { CallId, CallMessage, QualityReport, Sending, Tiles } from './words.ts'

/** What the person at this device wants. */
export type CallWish =
  /** Calls these people of the room; nobody, to wait in it. Where a call goes on there, joins it. `id` is fresh. */
  | { type: 'start'; room: LogId; id: CallId; called: readonly AccountId[]; sending: Sending }
  | { type: 'accept'; room: LogId; sending: Sending }
  | { type: 'decline'; room: LogId; text: string }
  | { type: 'join'; room: LogId; sending: Sending }
  /** Calls more people of the room into the call. */
  | { type: 'ring'; accounts: readonly AccountId[] }
  | { type: 'leave' }
  | { type: 'setSending'; sending: Partial<Sending> }
  | { type: 'react'; emoji: string }
  | { type: 'show'; device: DeviceId; tiles: Tiles }
  | { type: 'report'; device: DeviceId; report: QualityReport }
  /** Has seen that the call is over. */
  | { type: 'dismiss' }
  | { type: 'seeMissed'; room: LogId }

export type CallEvent =
  | CallWish
  | { type: 'linkUp'; device: DeviceId }
  | { type: 'linkDown'; device: DeviceId }
  | { type: 'message'; device: DeviceId; message: CallMessage }
  | { type: 'mediaUp'; device: DeviceId }
  | { type: 'mediaDown'; device: DeviceId }
  | { type: 'timer'; name: CallTimer }
  /** Members, rooms or devices are others than before. */
  | { type: 'factsChanged' }

export type CallEffect =
  | { type: 'tell'; device: DeviceId; message: CallMessage }
  | { type: 'openMedia'; device: DeviceId }
  | { type: 'closeMedia'; device: DeviceId }
  /** Undefined: no call is left to send into. */
  | { type: 'setSending'; sending: Sending | undefined }
  | { type: 'startTimer'; name: CallTimer; afterMs: number }
  | { type: 'stopTimer'; name: CallTimer }
  | { type: 'writeSummary'; room: LogId; summary: CallSummary }
  | { type: 'showReaction'; device: DeviceId; emoji: string }
  /** The call to offer again after a reload. */
  | { type: 'remember'; call: CallId | undefined }

/** One step under way: the state so far, and what is to be done. */
export interface Turn {
  state: CallMachine
  readonly effects: CallEffect[]
  readonly facts: CallFacts
  readonly nowMs: number
}

export const change = (turn: Turn, changed: Partial<CallMachine>): void => {
  turn.state = { ...turn.state, ...changed }
}
