import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { CallSummary } from '../room/call-summary.ts'
import type { Link, LogId } from '../ports.ts'
import type { Value } from '../value.ts'
import type { SendingPlan } from './sending-plan.ts'
import type { CallId, Sending } from './words.ts'

/** What calls need of the outside. Pictures and sound never pass through the core. */

/** The control channel of every Link, as far as calls are concerned. */
export interface CallSignals {
  readonly links: Value<readonly Link[]>
  /** To a device without a Link it goes nowhere. */
  send(device: DeviceId, message: Bytes): void
  onMessage(listener: (from: DeviceId, message: Bytes) => void): () => void
}

/** The media lines (C3): which devices there are some to, and what goes over them. */
export interface CallMedia {
  /** Agrees on the lines with it, so that they are there when they are wanted. As often as one likes. */
  prepare(device: DeviceId): void
  /** Both sides call it, in no order. Called again for the same device after `close`, and after its Link was replaced. */
  open(device: DeviceId, link: Link): void
  /** The lines to it, not its Link. */
  close(device: DeviceId): void
  /** What this device wants to send to all; undefined when no call is left. */
  setSending(sending: Sending | undefined): void
  /** How much of it goes to whom (C4). */
  setPlan(plan: SendingPlan): void
  /** Devices from which sound or picture arrives now. */
  readonly connected: Value<ReadonlySet<DeviceId>>
}

/** Who belongs where, as known at this moment. */
export interface CallFacts {
  readonly device: DeviceId
  readonly account: AccountId
  accountOf(device: DeviceId): AccountId | undefined
  /** Whether `account` may know of calls in the room: it is a member. False for a room that is not known here. */
  mayHear(room: LogId, account: AccountId): boolean
  /** A conversation of two. */
  isDirect(room: LogId): boolean
  /** I7: the person at this device wants to hear nothing of them. */
  isBlocked(account: AccountId): boolean
}

/** Seals a summary into the room (C6). */
export type WriteSummary = (room: LogId, summary: CallSummary) => void

/** Keeps one small thing over a reload of the page, as sessionStorage does. */
export interface CallMemory {
  read(): CallId | undefined
  write(call: CallId | undefined): void
}
