import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import type {
  AskedPerson,
  CallMachine,
  EndReason,
  IncomingRing,
  MissedCall,
  Peer,
  Stay,
} from './call-state.ts'
import { allParticipants, participantsIn, type Participant } from './participants.ts'
import type { CallFacts } from './ports.ts'
import {
  compareCalls,
  type CallId,
  type CallName,
  type QualityReport,
  type Sending,
  type Tiles,
} from './words.ts'

/** Another device in the call, as the screen shows it. */
export interface CallParticipant {
  device: DeviceId
  account: AccountId
  sending: Sending
  connection: 'connecting' | 'connected' | 'reconnecting'
  /** How large it shows what this device sends, for the sending plan (C4). */
  tiles: Tiles | undefined
  /** How what this device sends arrives there. */
  report: QualityReport | undefined
}

/** The call of a room, as the bar to join it shows it. */
export interface RunningCall {
  call: CallName
  devices: readonly DeviceId[]
  /** Whose they are, without double. */
  accounts: readonly AccountId[]
  /** Another device of this person is in it. */
  isOnOwnDevice: boolean
  /** This device was in it when its page was left or its connections broke: back in one tap. */
  isRejoinable: boolean
}

export type CallView = {
  /** By room; this device's own call is among them. */
  running: ReadonlyMap<LogId, RunningCall>
  missed: readonly MissedCall[]
} & (
  | { status: 'idle' }
  | { status: 'ringingIn'; rings: readonly IncomingRing[] }
  | {
      status: 'ringingOut' | 'joining' | 'inCall' | 'reconnecting'
      room: LogId
      call: CallName
      sending: Sending
      /** Whom this device calls, and what became of it. */
      called: readonly AskedPerson[]
      /** All other devices in it, in the order in which they came. */
      participants: readonly CallParticipant[]
      enteredAtMs: number
      /** When the first other person was in it with us. */
      metAtMs: number | undefined
    }
  | { status: 'ended'; reason: EndReason; room: LogId; text: string }
)

/** What a screen shows of the machine. Pure. */
export const viewCalls = (state: CallMachine, facts: CallFacts): CallView => {
  const { call, missed } = state
  const common = { running: runningCalls(state, facts), missed }
  switch (call.status) {
    case 'idle':
      return { ...common, status: 'idle' }
    case 'ringingIn':
      return { ...common, status: 'ringingIn', rings: call.rings }
    case 'ended':
      return { ...common, status: 'ended', reason: call.reason, room: call.call.room, text: call.text }
    case 'ringingOut':
    case 'joining':
    case 'inCall':
    case 'reconnecting':
      return { ...common, status: call.status, ...viewStay(state, call.stay, facts) }
  }
}

const viewStay = (state: CallMachine, stay: Stay, facts: CallFacts) => ({
  room: stay.call.room,
  call: stay.call,
  sending: stay.sending,
  called: stay.called,
  participants: participantsIn(state, stay.call.room, facts).map(viewParticipant),
  enteredAtMs: stay.enteredAtMs,
  metAtMs: stay.metAtMs,
})

const viewParticipant = ({ peer, account, stay }: Participant): CallParticipant => ({
  device: peer.device,
  account,
  sending: stay.sending,
  connection: connectionOf(peer),
  tiles: peer.tiles,
  report: peer.report,
})

const connectionOf = ({ isLinked, lostAtMs, hasMedia, hadMedia }: Peer): CallParticipant['connection'] => {
  if (isLinked && lostAtMs === undefined && hasMedia) return 'connected'
  return hadMedia || lostAtMs !== undefined ? 'reconnecting' : 'connecting'
}

const runningCalls = (state: CallMachine, facts: CallFacts): ReadonlyMap<LogId, RunningCall> => {
  const running = new Map<LogId, RunningCall>()
  const own = 'stay' in state.call ? state.call.stay.call : undefined
  const add = (call: CallName, device: DeviceId, account: AccountId) => {
    const before = running.get(call.room)
    const lower = before && compareCalls(before.call, call) <= 0 ? before.call : call
    const isOther = account === facts.account && device !== facts.device
    running.set(call.room, {
      call: lower,
      devices: [...(before?.devices ?? []), device],
      accounts: [...new Set([...(before?.accounts ?? []), account])],
      isOnOwnDevice: isOther || before?.isOnOwnDevice === true,
      isRejoinable: own === undefined && (isCutOff(state, call.id) || before?.isRejoinable === true),
    })
  }
  for (const { peer, account, stay } of allParticipants(state, facts)) add(stay.call, peer.device, account)
  if (own) add(own, facts.device, facts.account)
  return running
}

const isCutOff = ({ cutOff }: CallMachine, call: CallId): boolean => cutOff === call
