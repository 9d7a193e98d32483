import type { Clock, Timer } from '../ports.ts'
import { hasPendingCrypto, watchCrypto } from './pending-crypto.ts'

export interface FakeClock extends Clock {
  /**
   * Lets `ms` pass: runs the timers that fall due, in order, and after each lets promises settle, so that what they set
   * in motion (WebCrypto included) is done before the next.
   */
  advance(ms: number): Promise<void>
  /** Lets promises settle without letting time pass. */
  settle(): Promise<void>
  /** Lets time pass until `promise` settles; rejects when it has not after `limitMs`. */
  advanceUntil<T>(promise: Promise<T>, limitMs?: number): Promise<T>
  /** Time jumps and no timer runs before its end: a tab that was frozen, a machine that slept. Due timers then run late. */
  sleep(ms: number): Promise<void>
  readonly pendingTimers: number
}

interface Pending {
  due: number
  run: () => void
}

/** Rounds of the event loop without WebCrypto at work after which promises count as settled. */
const quietRounds = 10

const oneRound = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const settlePromises = async (): Promise<void> => {
  for (let quiet = 0; quiet < quietRounds; quiet = hasPendingCrypto() ? 0 : quiet + 1) await oneRound()
}

/** A clock that stands still until told, so that no test waits. */
export const createFakeClock = (startMs = 1_700_000_000_000): FakeClock => {
  watchCrypto()
  let now = startMs
  const pending = new Set<Pending>()

  const firstDueBy = (end: number): Pending | undefined => {
    let first: Pending | undefined
    for (const timer of pending) {
      if (timer.due <= end && (first === undefined || timer.due < first.due)) first = timer
    }
    return first
  }

  const runDueBy = async (end: number): Promise<void> => {
    for (let timer = firstDueBy(end); timer !== undefined; timer = firstDueBy(end)) {
      pending.delete(timer)
      now = Math.max(now, timer.due)
      timer.run()
      await settlePromises()
    }
  }

  const advance = async (ms: number): Promise<void> => {
    const end = now + ms
    await settlePromises()
    await runDueBy(end)
    now = end
  }

  return {
    now: () => now,
    setTimer(run, afterMs): Timer {
      const timer: Pending = { due: now + Math.max(0, afterMs), run }
      pending.add(timer)
      return timer
    },
    clearTimer(timer) {
      pending.delete(timer as Pending)
    },
    advance,
    async advanceUntil(promise, limitMs = 60_000) {
      const waiting = new Set([promise])
      const settled = () => waiting.delete(promise)
      promise.then(settled, settled)
      const end = now + limitMs
      await settlePromises()
      while (waiting.size > 0 && now < end) await advance(1)
      if (waiting.size > 0) throw new Error(`nothing came of it in ${limitMs} ms of the test's time`)
      return promise
    },
    settle: settlePromises,
    async sleep(ms) {
      now += ms
      await runDueBy(now)
    },
    get pendingTimers() {
      return pending.size
    },
  }
}
