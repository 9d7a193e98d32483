import { callLimits } from '../../../shared/limits.ts'
import { change, type Turn } from './call-events.ts'
import type { CallMachine, CallTimer, Peer } from './call-state.ts'
import { forgetStay } from './hear.ts'

/** Up to which moment each kind of waiting has come. A timer that has run is believed, whatever became of the clock meanwhile. */
export type Reached = Readonly<Record<CallTimer, number>>

export const reachedAt = (state: CallMachine, nowMs: number, fired?: CallTimer): Reached => {
  const at = (name: CallTimer) => (fired === name ? Math.max(nowMs, state.timers.get(name) ?? nowMs) : nowMs)
  return { ring: at('ring'), incoming: at('incoming'), lost: at('lost'), broken: at('broken') }
}

/** When each timer is due; nothing is waited for in a machine that has no call. */
export const dueTimers = ({ call, peers, rings }: CallMachine): Map<CallTimer, number> => {
  const due = new Map<CallTimer, number>()
  const note = (name: CallTimer, atMs: number) => due.set(name, Math.min(due.get(name) ?? Infinity, atMs))
  if ('stay' in call && call.stay.ringUntilMs !== undefined) note('ring', call.stay.ringUntilMs)
  if ('sinceMs' in call) note('broken', call.sinceMs + callLimits.reconnectMs)
  for (const { sinceMs } of rings.values()) note('incoming', sinceMs + callLimits.ringMs)
  for (const { lostAtMs } of peers.values())
    if (lostAtMs !== undefined) note('lost', lostAtMs + callLimits.reconnectMs)
  return due
}

/** Lets go of what was waited for long enough, and of what nobody waits for. */
export const expire = (turn: Turn, reached: Reached): void => {
  const { call } = turn.state
  if ('stay' in call && call.stay.ringUntilMs !== undefined && call.stay.ringUntilMs <= reached.ring) {
    const called = call.stay.called.map((one) =>
      one.state === 'ringing' ? { ...one, state: 'missed' as const } : one,
    )
    change(turn, { call: { ...call, stay: { ...call.stay, called, ringUntilMs: undefined } } })
  }
  forgetLost(turn, reached.lost)
}

/** After the rest is settled, so that what a device had said of a call is kept only while that call concerns us. */
export const forgetLost = (turn: Turn, reachedMs: number): void => {
  for (const peer of turn.state.peers.values()) {
    if (peer.lostAtMs !== undefined) {
      const isOver = peer.lostAtMs + callLimits.reconnectMs <= reachedMs
      if (isOver || !isAwaited(turn.state, peer)) forgetStay(turn, peer.device, 'lost')
    }
  }
  const gone = [...turn.state.peers.values()].filter((peer) => !peer.isLinked && !peer.stay)
  if (gone.length === 0) return
  const peers = new Map(turn.state.peers)
  for (const { device } of gone) peers.delete(device)
  change(turn, { peers })
}

const isAwaited = ({ call, rings }: CallMachine, { stay }: Peer): boolean =>
  stay !== undefined &&
  (rings.has(stay.call.room) || ('stay' in call && call.stay.call.room === stay.call.room))
