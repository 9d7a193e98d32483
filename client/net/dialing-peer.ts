import { linkLimits } from '../../shared/limits.ts'
import type { Random } from '../core/ports.ts'
import { backOffMs, freshName } from './chance.ts'
import type { Ask, ConnectionId, Instance, IntroductionPayload } from './introduction-payload.ts'

/** One connection that is being opened or open. */
export interface Attempt {
  connection: ConnectionId
  /** The page load at the other end, so that a reloaded peer is told from one whose socket merely came back. */
  instance: Instance
  ask: Ask
}

/** What this device knows about one other. */
export interface Peer {
  /** The server can reach it. */
  isHere: boolean
  live: Attempt | undefined
  opening: Attempt | undefined
  /** What we have asked to be dialled with, until an offer answers it. */
  ask: Ask | undefined
  /** Attempts in a row that came to nothing. */
  failures: number
}

/** `retry`: try again. `watchdog`: the attempt is too slow (L1). `settled`: the Link has lasted, forget the failures. */
export type TimerName = 'retry' | 'watchdog' | 'settled'

export type PeerEvent =
  | { type: 'came' }
  | { type: 'gone' }
  | { type: 'hello'; instance: Instance }
  | { type: 'dial-me'; instance: Instance; ask: Ask }
  | { type: 'offer'; instance: Instance; ask: Ask; connection: ConnectionId }
  /** The Link's handshake has passed (L2). */
  | { type: 'opened'; connection: ConnectionId }
  | { type: 'closed'; connection: ConnectionId }
  | { type: 'timer'; timer: TimerName }

export type PeerEffect =
  | { type: 'send'; payload: Extract<IntroductionPayload, { type: 'hello' | 'dial-me' }> }
  /** Make a connection and offer it. */
  | { type: 'dial'; attempt: Attempt }
  /** Make a connection and answer the offer just taken. */
  | { type: 'accept'; attempt: Attempt }
  | { type: 'close'; connection: ConnectionId; why: 'replaced' | 'abandoned' | 'tooSlow' | 'stale' }
  /** Takes the place of a running timer of that name. */
  | { type: 'startTimer'; timer: TimerName; afterMs: number }
  | { type: 'stopTimer'; timer: TimerName }

interface PeerDecision {
  peer: Peer
  effects: PeerEffect[]
}

export interface PeerTools {
  /** Whether of the two devices this one dials (S1). */
  isDialer: boolean
  random: Random
}

export const absentPeer: Peer = {
  isHere: false,
  live: undefined,
  opening: undefined,
  ask: undefined,
  failures: 0,
}

const unchanged = (peer: Peer): PeerDecision => ({ peer, effects: [] })

const isReachable = ({ isHere, live, opening }: Peer): boolean =>
  isHere && live === undefined && opening === undefined

/** Says that we want a Link. Whoever dials can only ask to be asked; an answer that does not come is waited for once. */
const reachOut = (peer: Peer, { isDialer, random }: PeerTools): PeerDecision => {
  const wait: PeerEffect = { type: 'startTimer', timer: 'retry', afterMs: linkLimits.openTimeoutMs }
  if (isDialer) return { peer, effects: [{ type: 'send', payload: { type: 'hello' } }, wait] }
  const ask = peer.ask ?? (freshName(random) as Ask)
  return { peer: { ...peer, ask }, effects: [{ type: 'send', payload: { type: 'dial-me', ask } }, wait] }
}

/**
 * After something failed: once more, but later each time, and not all at the same moment (L6). Where we have asked
 * already and wait for the offer, asking anew would only undo it.
 */
const tryLater = (peer: Peer, { random }: PeerTools): PeerEffect[] => {
  if (!isReachable(peer) || peer.ask !== undefined) return []
  const range = { minMs: linkLimits.redialMinMs, maxMs: linkLimits.redialMaxMs }
  return [{ type: 'startTimer', timer: 'retry', afterMs: backOffMs(range, peer.failures, random) }]
}

const abandon = (peer: Peer, why: 'abandoned' | 'tooSlow'): PeerEffect[] =>
  peer.opening === undefined ? [] : [{ type: 'close', connection: peer.opening.connection, why }]

const beginAttempt = (peer: Peer, type: 'dial' | 'accept', attempt: Attempt): PeerDecision => ({
  peer: { ...peer, isHere: true, ask: undefined, opening: attempt },
  effects: [
    ...abandon(peer, 'abandoned'),
    { type: 'stopTimer', timer: 'retry' },
    { type: 'startTimer', timer: 'watchdog', afterMs: linkLimits.openTimeoutMs },
    { type, attempt },
  ],
})

const dropAttempt = (before: Peer, effects: PeerEffect[], tools: PeerTools): PeerDecision => {
  const peer = { ...before, opening: undefined, failures: before.failures + 1 }
  return { peer, effects: [...effects, { type: 'stopTimer', timer: 'watchdog' }, ...tryLater(peer, tools)] }
}

const onHello = (before: Peer, tools: PeerTools): PeerDecision => {
  if (tools.isDialer) return unchanged(before)
  // It has no Link to us, so what we were opening is void. A live one stays until the new one takes its place: if this
  // hello is an old one played back, nothing is lost (S4).
  const peer = { ...before, isHere: true, opening: undefined }
  const asked = reachOut(peer, tools)
  const stop: PeerEffect = { type: 'stopTimer', timer: 'watchdog' }
  return { peer: asked.peer, effects: [...abandon(before, 'abandoned'), stop, ...asked.effects] }
}

const onOpened = (peer: Peer, connection: ConnectionId): PeerDecision => {
  if (peer.live?.connection === connection) return unchanged(peer)
  if (peer.opening?.connection !== connection) {
    return { peer, effects: [{ type: 'close', connection, why: 'stale' }] }
  }
  const replaced: PeerEffect[] =
    peer.live === undefined ? [] : [{ type: 'close', connection: peer.live.connection, why: 'replaced' }] // L3
  return {
    peer: { ...peer, live: peer.opening, opening: undefined },
    effects: [
      ...replaced,
      { type: 'stopTimer', timer: 'watchdog' },
      { type: 'stopTimer', timer: 'retry' },
      { type: 'startTimer', timer: 'settled', afterMs: linkLimits.deadAfterMs },
    ],
  }
}

const onClosed = (before: Peer, connection: ConnectionId, tools: PeerTools): PeerDecision => {
  if (before.opening?.connection === connection) return dropAttempt(before, [], tools)
  if (before.live?.connection !== connection) return unchanged(before)
  const peer = { ...before, live: undefined, failures: before.failures + 1 }
  return { peer, effects: [{ type: 'stopTimer', timer: 'settled' }, ...tryLater(peer, tools)] }
}

const onTimer = (peer: Peer, timer: TimerName, tools: PeerTools): PeerDecision => {
  switch (timer) {
    case 'settled':
      return unchanged({ ...peer, failures: 0 })
    case 'watchdog':
      return peer.opening === undefined ? unchanged(peer) : dropAttempt(peer, abandon(peer, 'tooSlow'), tools)
    case 'retry': {
      // A new name for each asking: an offer to one that was given up is an old one (S4).
      const waiting = { ...peer, ask: undefined }
      return isReachable(waiting) ? reachOut(waiting, tools) : unchanged(waiting)
    }
  }
}

export const stepPeer = (peer: Peer, event: PeerEvent, tools: PeerTools): PeerDecision => {
  switch (event.type) {
    case 'came': {
      const here = { ...peer, isHere: true }
      return isReachable(here) ? reachOut({ ...here, failures: 0 }, tools) : unchanged(here)
    }
    case 'gone':
      return {
        peer: { ...peer, isHere: false, ask: undefined },
        effects: [{ type: 'stopTimer', timer: 'retry' }],
      }
    case 'hello':
      return onHello(peer, tools)
    case 'dial-me': {
      const { instance, ask } = event
      const isKnown = peer.opening?.ask === ask || peer.live?.ask === ask
      if (!tools.isDialer || isKnown) return unchanged(peer)
      const connection = freshName(tools.random) as ConnectionId
      return beginAttempt(peer, 'dial', { connection, instance, ask })
    }
    case 'offer': {
      const { instance, ask, connection } = event
      if (tools.isDialer || peer.ask !== ask) return unchanged(peer)
      return beginAttempt(peer, 'accept', { connection, instance, ask })
    }
    case 'opened':
      return onOpened(peer, event.connection)
    case 'closed':
      return onClosed(peer, event.connection, tools)
    case 'timer':
      return onTimer(peer, event.timer, tools)
  }
}
