import type { Clock } from '../core/ports.ts'

/** The browser's own clock. */
export const browserClock: Clock = {
  now: () => Date.now(),
  setTimer: (run, afterMs) => setTimeout(run, afterMs),
  clearTimer: (timer) => {
    if (typeof timer === 'number') clearTimeout(timer)
  },
}
