import { retentionLimits } from '../../../shared/limits.ts'
import type { Logs } from '../log/logs.ts'
import { createSerial } from '../log/serial.ts'
import type { Clock, LogId, Timer } from '../ports.ts'
import type { Value } from '../value.ts'
import type { Retention } from './retention.ts'

export interface SweepRoomsOptions {
  rooms: Value<ReadonlyMap<LogId, { keep: Retention }>>
  logs: Pick<Logs, 'sweep'>
  clock: Clock
}

/**
 * Lets go of what is over in the rooms that are not kept for ever (P8): a while after the start, so that the first screen comes first, then
 * from time to time, and at once where a room's keeping changes. Each device looks at its own clock and lets go of its own copy only.
 */
export const sweepRooms = ({ rooms, logs, clock }: SweepRoomsOptions): (() => void) => {
  const turns = createSerial()
  const sweep = (log: LogId) => void turns.run(() => logs.sweep(log))
  const keeps = () => new Map([...rooms.get()].map(([log, { keep }]) => [log, keep]))
  let timer: Timer
  const wait = (afterMs: number) => {
    timer = clock.setTimer(() => {
      for (const log of rooms.get().keys()) sweep(log)
      wait(retentionLimits.sweepEveryMs)
    }, afterMs)
  }
  wait(retentionLimits.firstSweepMs)

  let before = keeps()
  const leave = rooms.subscribe(() => {
    const now = keeps()
    // A room that has just become known has nothing here that could be over.
    for (const [log, keep] of now) if (before.has(log) && before.get(log) !== keep) sweep(log)
    before = now
  })
  return () => {
    leave()
    clock.clearTimer(timer)
  }
}
