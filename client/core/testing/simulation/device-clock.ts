import type { Clock } from '../../ports.ts'
import type { Events, SimulatedEvent } from './events.ts'

/** A device's clock: as wrong as its owner set it. Timers take the time they should, whatever it shows. */
export interface DeviceClock extends Clock {
  /** No timer of this core runs any more. */
  stop(): void
}

/** Timers this long are for what comes regularly, such as comparing anew with everybody. */
const backgroundMs = 25_000

/** What the simulation's time begins at. */
export const simulationStartMs = 1_700_000_000_000

export const createDeviceClock = (events: Events, skewMs: () => number): DeviceClock => {
  const running = new Set<SimulatedEvent>()
  let isStopped = false
  return {
    now: () => simulationStartMs + events.now() + skewMs(),
    setTimer(run, afterMs) {
      const onDue = (): void => {
        running.delete(event)
        run()
      }
      const event = events.after(afterMs, onDue, afterMs >= backgroundMs)
      if (isStopped) events.cancel(event)
      else running.add(event)
      return event
    },
    clearTimer(timer) {
      const event = timer as SimulatedEvent
      events.cancel(event)
      running.delete(event)
    },
    stop() {
      isStopped = true
      for (const event of running) events.cancel(event)
      running.clear()
    },
  }
}
