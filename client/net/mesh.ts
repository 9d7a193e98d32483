import type { LinkCloseReason } from '../core/ports.ts'
import { beginDialing, step, type Attempt, type DialingEffect, type DialingEvent } from './dialing.ts'
import type { ConnectionId, Signal } from './introduction-payload.ts'
import type { Opened } from './introductions.ts'
import type { LinkRole } from './link/open-link.ts'
import {
  beginMeshConnection,
  type MeshConnection,
  type MeshTools,
  type ProvenLink,
} from './mesh-connection.ts'
import { createNamedTimers } from './named-timers.ts'

export interface MeshOptions {
  tools: MeshTools
  /** Called before an older Link of the same device is closed, so that the device is never without (L3). */
  onLink: (proven: ProvenLink) => void
  /** A Link has lost its way: perhaps the whole network is gone. */
  onBroken: () => void
}

export interface Mesh {
  dispatch(event: DialingEvent): void
  introduced(opened: Opened): void
  networkChanged(): void
  serverCame(): void
  /** Closes every connection, and opens others in their place. */
  redial(): void
  /** Says good-bye on every Link and forgets everybody. */
  closeAll(): void
}

type Peer = DialingEffect['device']

const closeReasons = {
  replaced: { type: 'replaced' },
  abandoned: { type: 'closedHere', why: 'abandoned' },
  tooSlow: { type: 'closedHere', why: 'too slow to open' },
  stale: { type: 'closedHere', why: 'stale' },
  otherWay: { type: 'closedHere', why: 'by another way from now on' },
} as const satisfies Record<string, LinkCloseReason>

/** Runs what dialing decides: makes connections, has them proved, and tells dialing how they fare. */
export const createMesh = ({ tools, onLink, onBroken }: MeshOptions): Mesh => {
  const { device, clock, random, diagnostics } = tools
  const connections = new Map<ConnectionId, { peer: Peer; made: MeshConnection }>()
  const timers = createNamedTimers(clock)
  let state = beginDialing(device.id)

  const dispatch = (event: DialingEvent): void => {
    const decision = step(state, event, random)
    state = decision.state
    for (const effect of decision.effects) run(effect)
  }

  const begin = (peer: Peer, attempt: Attempt, role: LinkRole): void => {
    const { connection } = attempt
    const made = beginMeshConnection({
      peer,
      attempt,
      role,
      tools,
      onLink(proven) {
        onLink(proven)
        dispatch({ type: 'opened', device: peer, connection })
      },
      onBroken,
      onEnded(why) {
        diagnostics.note('connectionEnded', { device: peer, why })
        connections.delete(connection)
        dispatch({ type: 'closed', device: peer, connection })
      },
    })
    connections.set(connection, { peer, made })
  }

  const close = (id: ConnectionId, why: keyof typeof closeReasons): void => {
    const closing = connections.get(id)
    if (closing === undefined) return
    diagnostics.note('connectionClosed', { device: closing.peer, why })
    connections.delete(id)
    closing.made.close(closeReasons[why])
  }

  const run = (effect: DialingEffect): void => {
    const { device: peer } = effect
    switch (effect.type) {
      case 'send':
        tools.send(peer, undefined, effect.payload)
        return
      case 'dial':
        begin(peer, effect.attempt, 'initiator')
        return
      case 'accept':
        begin(peer, effect.attempt, 'responder')
        return
      case 'close':
        close(effect.connection, effect.why)
        return
      case 'startTimer': {
        const { timer, afterMs } = effect
        timers.start(`${peer} ${timer}`, () => dispatch({ type: 'timer', device: peer, timer }), afterMs)
        return
      }
      case 'stopTimer':
        timers.stop(`${peer} ${effect.timer}`)
    }
  }

  const hear = ({ from, instance }: Opened, signal: Signal): void => {
    const { connection } = signal
    if (signal.type === 'offer' && !connections.has(connection)) {
      dispatch({ type: 'offer', device: from, instance, ask: signal.ask, connection })
    }
    const known = connections.get(connection)
    // Only the page load with which a connection was begun may speak about it.
    const isTheirs = known?.peer === from && known.made.attempt.instance === instance
    if (isTheirs) known.made.hear(signal)
    else diagnostics.note('signalUnwanted', { device: from, why: signal.type })
  }

  return {
    dispatch,
    introduced(opened) {
      const { from, instance, payload } = opened
      if (payload.type === 'hello') dispatch({ type: 'hello', device: from, instance })
      else if (payload.type === 'dial-me') dispatch({ ...payload, device: from, instance })
      else hear(opened, payload)
    },
    networkChanged() {
      for (const { made } of connections.values()) made.networkChanged()
    },
    serverCame() {
      for (const { made } of connections.values()) made.serverCame()
    },
    redial() {
      for (const [connection, { peer }] of [...connections]) {
        close(connection, 'otherWay')
        dispatch({ type: 'closed', device: peer, connection })
      }
    },
    closeAll() {
      for (const { made } of connections.values()) made.close({ type: 'closedHere', why: 'leaving' })
      connections.clear()
      timers.stopAll()
      state = beginDialing(device.id)
    },
  }
}
