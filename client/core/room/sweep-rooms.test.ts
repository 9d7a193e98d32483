import { expect, test } from 'vitest'
import { retentionLimits } from '../../../shared/limits.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import type { LogId } from '../ports.ts'
import { createValue } from '../value.ts'
import type { Retention } from './retention.ts'
import { sweepRooms } from './sweep-rooms.ts'

const [first, second] = ['AAAAAAAAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBBBBBBBB'] as LogId[]

test('P8: every room is looked through after the start and from time to time, one that changes at once', async () => {
  const clock = createFakeClock()
  const swept: LogId[] = []
  const logs = {
    sweep: (log: LogId) => {
      swept.push(log)
      return Promise.resolve()
    },
  }
  const keeps = (keep: Retention, more: [LogId, { keep: Retention }][] = []) =>
    new Map([[first!, { keep }], ...more])
  const rooms = createValue<ReadonlyMap<LogId, { keep: Retention }>>(keeps('forever'))
  const stop = sweepRooms({ rooms, logs, clock })
  await clock.advance(retentionLimits.firstSweepMs)
  expect(swept).toEqual([first])
  rooms.set(keeps('forever', [[second!, { keep: 'week' }]]))
  await clock.settle()
  expect(swept, 'nothing is over in a room that is new here').toEqual([first])
  rooms.set(keeps('month', [[second!, { keep: 'week' }]]))
  await clock.settle()
  expect(swept).toEqual([first, first])
  await clock.advance(retentionLimits.sweepEveryMs)
  expect(swept).toEqual([first, first, first, second])
  stop()
  await clock.advance(retentionLimits.sweepEveryMs)
  expect(swept).toHaveLength(4)
  expect(clock.pendingTimers).toBe(0)
})
