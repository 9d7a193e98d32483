import type { DeviceId } from '../../shared/identifiers.ts'
import type { Random } from '../core/ports.ts'
import { absentPeer, stepPeer, type Peer, type PeerEffect, type PeerEvent } from './dialing-peer.ts'

export type { Attempt, Peer, TimerName } from './dialing-peer.ts'

/**
 * Who dials whom, and when (S1, L1, L3, L6): pure decisions, a state machine for each device of the family. Of two
 * devices the one with the smaller id dials, and only when the other asks (`dial-me`), so that both know of an attempt
 * and there is no glare. At any time there is at most one live connection to a device and one being opened.
 */
export interface DialingState {
  self: DeviceId
  peers: ReadonlyMap<DeviceId, Peer>
}

export type DialingEvent =
  /** All who are here, as the server says after each join. */
  | { type: 'here'; devices: readonly DeviceId[] }
  /** No server, so nobody can be reached through it. Links live on. */
  | { type: 'serverLost' }
  | (PeerEvent & { device: DeviceId })

export type DialingEffect = PeerEffect & { device: DeviceId }

export interface Decision {
  state: DialingState
  effects: DialingEffect[]
}

export const beginDialing = (self: DeviceId): DialingState => ({ self, peers: new Map() })

const stepOne = (state: DialingState, device: DeviceId, event: PeerEvent, random: Random): Decision => {
  if (device === state.self) return { state, effects: [] }
  const before = state.peers.get(device) ?? absentPeer
  const { peer, effects } = stepPeer(before, event, { isDialer: state.self < device, random })
  const peers = new Map(state.peers)
  const isForgettable = !peer.isHere && peer.live === undefined && peer.opening === undefined
  if (isForgettable) peers.delete(device)
  else peers.set(device, peer)
  return { state: { ...state, peers }, effects: effects.map((effect) => ({ ...effect, device })) }
}

/** The same for many devices, one after the other. */
const stepEach = (
  state: DialingState,
  devices: Iterable<DeviceId>,
  event: PeerEvent,
  random: Random,
): Decision => {
  const effects: DialingEffect[] = []
  let current = state
  for (const device of devices) {
    const decision = stepOne(current, device, event, random)
    current = decision.state
    effects.push(...decision.effects)
  }
  return { state: current, effects }
}

export const step = (state: DialingState, event: DialingEvent, random: Random): Decision => {
  if (event.type === 'serverLost') return stepEach(state, state.peers.keys(), { type: 'gone' }, random)
  if (event.type !== 'here') return stepOne(state, event.device, event, random)
  const here = new Set(event.devices)
  const missing = [...state.peers.keys()].filter((device) => !here.has(device))
  const left = stepEach(state, missing, { type: 'gone' }, random)
  const came = stepEach(left.state, here, { type: 'came' }, random)
  return { state: came.state, effects: [...left.effects, ...came.effects] }
}
