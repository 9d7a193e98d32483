import type { DeviceId } from '../../../shared/identifiers.ts'
import type { SeededRandom } from '../../core/testing/seeded-random.ts'
import { beginDialing, step, type Attempt, type DialingEffect, type DialingEvent } from '../dialing.ts'
import type { Instance } from '../introduction-payload.ts'

/** Two devices that dial each other through a server which loses, delays and forgets; all steps are the test's. */

export const sides = ['anna', 'bert'] as const
export type Side = (typeof sides)[number]
const ids: Record<Side, DeviceId> = { anna: 'A'.repeat(43) as DeviceId, bert: 'B'.repeat(43) as DeviceId }
export const otherSide = (side: Side): Side => (side === 'anna' ? 'bert' : 'anna')

const presenceEvents: ReadonlySet<DialingEvent['type']> = new Set(['here', 'came', 'gone'])

interface Page {
  instance: Instance
  state: ReturnType<typeof beginDialing>
  isHere: boolean
  /** What the server has for it, in order. */
  inbox: DialingEvent[]
  timers: Set<'retry' | 'watchdog' | 'settled'>
  connections: Map<string, { attempt: Attempt; isOpened: boolean }>
}

export const createDialingPair = (random: SeededRandom) => {
  let pageCount = 0
  const newPage = (side: Side): Page => ({
    instance: `${side} ${pageCount++}` as Instance,
    state: beginDialing(ids[side]),
    isHere: false,
    inbox: [],
    timers: new Set(),
    connections: new Map(),
  })
  const pages: Record<Side, Page> = { anna: newPage('anna'), bert: newPage('bert') }

  const tell = (side: Side, event: DialingEvent): void => {
    const decision = step(pages[side].state, event, random)
    pages[side].state = decision.state
    for (const effect of decision.effects) run(side, effect)
  }

  const run = (side: Side, effect: DialingEffect): void => {
    const page = pages[side]
    const other = pages[otherSide(side)]
    const post = (event: DialingEvent): void => {
      if (page.isHere && other.isHere) other.inbox.push(event)
    }
    const from = { device: ids[side], instance: page.instance }
    switch (effect.type) {
      case 'send':
        post({ ...effect.payload, ...from })
        return
      case 'dial':
      case 'accept': {
        const { connection, ask, instance } = effect.attempt
        page.connections.set(connection, { attempt: effect.attempt, isOpened: false })
        // Sealed for one page load, an offer opens for no other (S4).
        if (effect.type === 'dial' && instance === other.instance)
          post({ type: 'offer', ...from, connection, ask })
        return
      }
      case 'close':
        hangUp(side, effect.connection)
        return
      case 'startTimer':
        page.timers.add(effect.timer)
        return
      case 'stopTimer':
        page.timers.delete(effect.timer)
    }
  }

  /** The other side of a connection that ends here hears of it. */
  const hangUp = (side: Side, connection: Attempt['connection']): void => {
    pages[side].connections.delete(connection)
    const there = otherSide(side)
    if (pages[there].connections.delete(connection)) {
      tell(there, { type: 'closed', device: ids[side], connection })
    }
  }

  const leave = (side: Side): void => {
    if (!pages[side].isHere) return
    pages[side].isHere = false
    pages[side].inbox = []
    tell(side, { type: 'serverLost' })
    const there = otherSide(side)
    if (pages[there].isHere) pages[there].inbox.push({ type: 'gone', device: ids[side] })
  }

  const enter = (side: Side): void => {
    if (pages[side].isHere) return
    pages[side].isHere = true
    const there = otherSide(side)
    pages[side].inbox.push({ type: 'here', devices: pages[there].isHere ? [ids[there]] : [] })
    if (pages[there].isHere) pages[there].inbox.push({ type: 'came', device: ids[side] })
  }

  const liveOf = (side: Side) => pages[side].state.peers.get(ids[otherSide(side)])?.live?.connection

  return {
    enter,
    leave,
    deliver(side: Side) {
      const event = pages[side].inbox.shift()
      if (event !== undefined) tell(side, event)
      return event !== undefined
    },
    /** An introduction. The server's own word about who is here is lost only with the socket that it comes by (`leave`). */
    lose(side: Side) {
      const [next] = pages[side].inbox
      if (next && !presenceEvents.has(next.type)) pages[side].inbox.shift()
    },
    fire(side: Side, timer: 'retry' | 'watchdog' | 'settled') {
      if (!pages[side].timers.delete(timer)) return false
      tell(side, { type: 'timer', device: ids[otherSide(side)], timer })
      return true
    },
    /** The handshake passes wherever both ends are there; each side hears of it in its own time. */
    open(side: Side) {
      const there = pages[otherSide(side)]
      for (const [connection, own] of pages[side].connections) {
        if (own.isOpened || !there.connections.has(connection)) continue
        own.isOpened = true
        tell(side, { type: 'opened', device: ids[otherSide(side)], connection: own.attempt.connection })
        return true
      }
      return false
    },
    /** Torn without a word to the other side, as when a page crashes: it hears of it when the Link is found dead. */
    reload(side: Side, isNoticed: boolean) {
      const before = [...pages[side].connections.values()]
      const wasHere = pages[side].isHere
      leave(side)
      pages[side] = newPage(side)
      if (wasHere) enter(side)
      if (isNoticed) for (const { attempt } of before) hangUp(side, attempt.connection)
    },
    /** Liveness (L6) finds what has no other end. */
    findDead(side: Side) {
      for (const [connection, { attempt }] of pages[side].connections) {
        if (pages[otherSide(side)].connections.has(connection)) continue
        pages[side].connections.delete(connection)
        tell(side, { type: 'closed', device: ids[otherSide(side)], connection: attempt.connection })
        return true
      }
      return false
    },
    /** Whether both have one and the same Link, and nothing else. */
    isLinked: () =>
      liveOf('anna') !== undefined &&
      liveOf('anna') === liveOf('bert') &&
      sides.every((side) => pages[side].connections.size === 1),
  }
}
