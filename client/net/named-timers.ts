import type { Clock, Timer } from '../core/ports.ts'

/** Timers by name: starting one of a name stops the one before. */
export interface NamedTimers {
  start(name: string, run: () => void, afterMs: number): void
  stop(name: string): void
  stopAll(): void
}

export const createNamedTimers = (clock: Clock): NamedTimers => {
  const timers = new Map<string, Timer>()
  const stop = (name: string): void => {
    const timer = timers.get(name)
    if (timer !== undefined) clock.clearTimer(timer)
    timers.delete(name)
  }
  return {
    stop,
    start(name, run, afterMs) {
      stop(name)
      const runOnce = (): void => {
        timers.delete(name)
        run()
      }
      timers.set(name, clock.setTimer(runOnce, afterMs))
    },
    stopAll() {
      for (const name of [...timers.keys()]) stop(name)
    },
  }
}
