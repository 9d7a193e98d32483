import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import type { CallSummary } from '../room/call-summary.ts'
import type { Called, CallId, CallName, PresentStay, QualityReport, Sending, Tiles, Way } from './words.ts'

/** Why a call is over for this device (C1). `removed`: this person is not of the room any more. */
export type EndReason =
  'hungUp' | 'declined' | 'missed' | 'busy' | 'failed' | 'answeredElsewhere' | 'full' | 'removed'

/** Somebody this device calls; `text`: what they said when they declined. */
export interface AskedPerson extends Called {
  text?: string
}

/** This device's own being in a call. */
export interface Stay {
  call: CallName
  /** Ids under which it went before it became one with a lower call. */
  aliases: readonly CallId[]
  entered: Way
  enteredAtMs: number
  /** Whom this device calls. */
  called: readonly AskedPerson[]
  /** When those who still ring have missed it; undefined where nobody was called of late. */
  ringUntilMs: number | undefined
  sending: Sending
  /** When the first of another account was in it with us; undefined until then. */
  metAtMs: number | undefined
  /** Accounts that were in it with us, ours among them. */
  tookPart: ReadonlySet<AccountId>
  hadVideo: boolean
  /** Sound or picture has come at least once. */
  hasConnected: boolean
  /** How the one went who went last. */
  lastGone: 'left' | 'lost'
  /** Somebody has told that the room has a summary of it. */
  isWritten: boolean
}

/** Somebody rings here. */
export interface IncomingRing {
  room: LogId
  call: CallName
  /** Whose device rings. */
  by: AccountId
  /** It offers its camera. */
  hasVideo: boolean
  sinceMs: number
}

/** What this device does now. */
export type MyCall =
  | { status: 'idle' }
  | { status: 'ringingIn'; rings: readonly IncomingRing[] }
  | { status: 'ringingOut'; stay: Stay }
  /** In it, and nothing was heard or seen of the others yet. */
  | { status: 'joining'; stay: Stay; sinceMs: number }
  | { status: 'inCall'; stay: Stay }
  /** C5: nothing comes from anybody any more. */
  | { status: 'reconnecting'; stay: Stay; sinceMs: number }
  | {
      status: 'ended'
      reason: EndReason
      call: CallName
      /** What whoever declined has said; empty where nothing was. */
      text: string
      atMs: number
    }

export type StatusOfStay = Extract<MyCall, { stay: Stay }>['status']

/** What is known of another device. */
export interface Peer {
  device: DeviceId
  isLinked: boolean
  /** Of the newest that it said over its present Link; undefined before it has said anything. */
  sequence: number | undefined
  /** The call it says it is in. */
  stay: PresentStay | undefined
  /** Since when what it said is not confirmed: its Link is lost, or it is back and has not said it again. */
  lostAtMs: number | undefined
  hasMedia: boolean
  /** Sound or picture came from it before, in this call. */
  hadMedia: boolean
  /** How large it shows what this device sends. */
  tiles: Tiles | undefined
  /** How what this device sends arrives there. */
  report: QualityReport | undefined
}

export interface MissedCall {
  call: CallId
  room: LogId
  by: AccountId
  atMs: number
}

/** A call that this device has left and that went on: should all others turn out to have left unseen, its summary is still to be written. */
export interface Closing {
  room: LogId
  summary: CallSummary
  waitsFor: ReadonlySet<DeviceId>
}

/** Names of the timers that a machine may ask for. */
export const callTimers = ['ring', 'incoming', 'lost', 'broken'] as const
export type CallTimer = (typeof callTimers)[number]

export interface CallMachine {
  call: MyCall
  peers: ReadonlyMap<DeviceId, Peer>
  /** What rings here, whether it shows or not. */
  rings: ReadonlyMap<LogId, IncomingRing>
  /** Calls that this account has answered for, and rings that are over. The newest are last. */
  handled: readonly CallId[]
  /** Rings of late, against floods. */
  recentRings: readonly { account: AccountId; atMs: number }[]
  missed: readonly MissedCall[]
  closing: readonly Closing[]
  /** The call this device was in last. */
  last: { call: CallId; hasWritten: boolean } | undefined
  /** The call that it is to be offered again, as after a reload. */
  cutOff: CallId | undefined
  /** What those who may hear it are told of this device. */
  presence: PresentStay | undefined
  /** Of what was told last. */
  sequence: number
  /** Who has been told that this device is in a call: what, or `stale` where a Link has gone since. */
  told: ReadonlyMap<DeviceId, PresentStay | 'stale'>
  /** Devices to which media lines are open. */
  open: ReadonlySet<DeviceId>
  /** How large this device shows what others send. */
  shows: ReadonlyMap<DeviceId, Tiles>
  /** When each timer is due. */
  timers: ReadonlyMap<CallTimer, number>
}

/** @param cutOff the call that was under way when the page was left, where that is known */
export const beginCalls = (cutOff?: CallId): CallMachine => ({
  call: { status: 'idle' },
  peers: new Map(),
  rings: new Map(),
  handled: [],
  recentRings: [],
  missed: [],
  closing: [],
  last: undefined,
  cutOff,
  presence: undefined,
  sequence: 0,
  told: new Map(),
  open: new Set(),
  shows: new Map(),
  timers: new Map(),
})
