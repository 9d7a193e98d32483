import { logLimits } from '../../../shared/limits.ts'
import type { Clock } from '../ports.ts'
import type { EntryTime } from './entry.ts'

/** A clock that never goes back and never falls behind what this device has read (E4). */
export interface HybridClock {
  /** This device's own clock, in milliseconds, right or wrong. */
  now(): number
  next(): EntryTime
  observe(time: EntryTime): void
  /** The time an entry shows: its own, or ours where its author's clock is ahead by more than the limit. */
  shown(time: EntryTime): EntryTime
}

export const createHybridClock = (clock: Clock): HybridClock => {
  let newest: EntryTime = { ms: 0, counter: 0 }
  const isTooFarAhead = (time: EntryTime) => time.ms > clock.now() + logLimits.maxClockLeadMs
  return {
    now: () => clock.now(),
    next() {
      const now = clock.now()
      const isFull = newest.counter >= logLimits.maxClockCounter
      if (now > newest.ms) newest = { ms: now, counter: 0 }
      else if (isFull) newest = { ms: newest.ms + 1, counter: 0 }
      else newest = { ms: newest.ms, counter: newest.counter + 1 }
      return newest
    },
    observe(time) {
      // A clock that is wrong by years must not drag everybody's along.
      if (!isTooFarAhead(time) && compareTimes(time, newest) > 0) newest = time
    },
    shown: (time) => (isTooFarAhead(time) ? { ms: clock.now(), counter: time.counter } : time),
  }
}

export const compareTimes = (left: EntryTime, right: EntryTime): number =>
  left.ms - right.ms || left.counter - right.counter
