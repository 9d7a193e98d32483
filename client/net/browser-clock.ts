import type { Clock } from '../core/ports.ts'
import { nextTask, type NextTask } from './next-task.ts'

const isNextTask = (timer: unknown): timer is NextTask =>
  typeof timer === 'object' && timer !== null && 'clear' in timer

/** The browser's own clock. */
export const browserClock: Clock = {
  now: () => Date.now(),
  setTimer: (run, afterMs) => (afterMs > 0 ? setTimeout(run, afterMs) : nextTask(run)),
  clearTimer: (timer) => {
    if (typeof timer === 'number') clearTimeout(timer)
    else if (isNextTask(timer)) timer.clear()
  },
}
