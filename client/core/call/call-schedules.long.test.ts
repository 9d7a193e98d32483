import fc from 'fast-check'
import { expect, test } from 'vitest'
import { happenings, judge, playSchedule, type ScheduleOptions } from './testing/call-schedules.ts'

/**
 * Five devices of three people in three rooms, in random orders of everything that can happen. At the end of each schedule, once all links are
 * back: all see alike who is in which call; nobody rings, or waits; a device without a call holds neither timers nor lines; each call that is
 * over has exactly one line; and nobody outside a room was told of its calls. `CALL_SCHEDULES` and `CALL_SEED` play more, and others.
 */
const numRuns = Number(process.env['CALL_SCHEDULES'] ?? 3_400)
const seed = Number(process.env['CALL_SEED'] ?? 1)

const holds = (options: ScheduleOptions) =>
  fc.assert(
    fc.property(happenings(70), (schedule) => {
      expect(judge(playSchedule(schedule, options), options)).toEqual([])
    }),
    { numRuns, seed },
  )

test('C1, C2, C6: whatever the order in which devices hear of each other, they agree in the end', () => {
  holds({ hasTrouble: false })
})

test('C5: and so they do where links break and timers run late', () => {
  holds({ hasTrouble: true })
})

test('C2: and where pages are loaded anew, and people go out of a room and in again', () => {
  holds({ hasTrouble: true, hasChanges: true })
})
