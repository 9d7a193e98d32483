import type { SimulatedCrypto } from './prompt-crypto.ts'

/** The simulator's time: everything that takes time is an event in it, and nothing else happens between two events. */
export interface Events {
  /** Milliseconds of the simulation. */
  now(): number
  /** `isBackground`: comes again and again, so that nobody waits for its end. */
  after(ms: number, run: () => void, isBackground?: boolean): SimulatedEvent
  cancel(event: SimulatedEvent): void
  /** Lets `ms` pass: runs what falls due, in order, each to its end, WebCrypto included. */
  advance(ms: number): Promise<void>
  /** Time jumps, and what fell due meanwhile runs late: all the machines slept. */
  sleep(ms: number): void
  /** Lets time pass until nothing but the background is to come, or `limitMs` have passed. Says whether it became quiet. */
  advanceUntilQuiet(limitMs: number): Promise<boolean>
  /** Lets what is under way end, without letting time pass. */
  settle(): Promise<void>
  readonly count: number
}

export interface SimulatedEvent {
  readonly due: number
  readonly order: number
  readonly isBackground: boolean
  /** Undefined once it has run or was cancelled. */
  run: (() => void) | undefined
}

const isBefore = (left: SimulatedEvent, right: SimulatedEvent): boolean =>
  left.due < right.due || (left.due === right.due && left.order < right.order)

/** A binary heap, the earliest first. */
const createAgenda = () => {
  const heap: SimulatedEvent[] = []
  const swap = (left: number, right: number): void => {
    const [a, b] = [heap[left], heap[right]]
    if (a && b) [heap[left], heap[right]] = [b, a]
  }
  const isInOrder = (upper: number, lower: number): boolean => {
    const [a, b] = [heap[upper], heap[lower]]
    return !a || !b || isBefore(a, b)
  }
  return {
    first: (): SimulatedEvent | undefined => heap[0],
    add(event: SimulatedEvent): void {
      let at = heap.push(event) - 1
      for (let above = (at - 1) >> 1; at > 0 && !isInOrder(above, at); above = (at - 1) >> 1) {
        swap(above, at)
        at = above
      }
    },
    take(): SimulatedEvent | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (!first || !last || heap.length === 0) return first
      heap[0] = last
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2]
        const below = isInOrder(left, right) ? left : right
        if (below >= heap.length || isInOrder(at, below)) return first
        swap(at, below)
        at = below
      }
    },
  }
}

/** All microtasks have run when this resolves: Node takes up a tick that one of them asked for only then. */
const whenMicrotasksEnd = (): Promise<void> =>
  new Promise((resolve) => queueMicrotask(() => process.nextTick(resolve)))
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const createEvents = (crypto: Pick<SimulatedCrypto, 'pending'>, startMs = 0): Events => {
  let now = startMs
  let order = 0
  let count = 0
  /** Of the foreground, to come. */
  let expected = 0
  const agenda = createAgenda()

  const settle = async (): Promise<void> => {
    await whenMicrotasksEnd()
    while (crypto.pending > 0) await nextTurn()
  }

  const nextDue = (): number | undefined => {
    for (let first = agenda.first(); first; first = agenda.first()) {
      if (first.run) return first.due
      agenda.take()
    }
    return undefined
  }

  const takeRun = (event: SimulatedEvent): (() => void) | undefined => {
    const { run } = event
    if (run && !event.isBackground) expected -= 1
    event.run = undefined
    return run
  }

  const runDueBy = async (end: number): Promise<void> => {
    for (let due = nextDue(); due !== undefined && due <= end; due = nextDue()) {
      const event = agenda.take()
      now = Math.max(now, due)
      count += 1
      if (event) takeRun(event)?.()
      await settle()
    }
  }

  return {
    now: () => now,
    after(ms, run, isBackground = false) {
      const event: SimulatedEvent = { due: now + Math.max(0, ms), order: order++, isBackground, run }
      if (!isBackground) expected += 1
      agenda.add(event)
      return event
    },
    cancel: (event) => void takeRun(event),
    async advance(ms) {
      const end = now + ms
      await settle()
      await runDueBy(end)
      now = end
    },
    sleep(ms) {
      now += ms
    },
    async advanceUntilQuiet(limitMs) {
      const end = now + limitMs
      await settle()
      for (let due = nextDue(); expected > 0 && due !== undefined; due = nextDue()) {
        if (due > end) return false
        await runDueBy(due)
      }
      return true
    },
    settle,
    get count() {
      return count
    },
  }
}
