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
    async advance(ms) {
      const end = now + ms
      await settlePromises()
      await runDueBy(end)
      now = end
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
