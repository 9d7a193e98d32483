import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { historyLimits, logLimits } from '../../../shared/limits.ts'
import type { HistoryProgress } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { Arrival } from '../log/logs.ts'
import type { FeedId, LogId } from '../ports.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createHousehold, type Member } from '../testing/household.ts'
import type { WantedPage } from './fetch-plan.ts'
import { createHistoryWatch } from './history-progress.ts'

const log = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const feed = 7 as FeedId
const slicesEveryMs = 400

/** Pages that are wanted, a number of messages here, and a clock: the test says what comes. */
const createScene = (...pages: readonly number[]) => {
  const clock = createFakeClock()
  let wanted = pages.map((page): WantedPage => ({ log, page }))
  const lengths = new Map<number, Map<FeedId, number>>()
  const watch = createHistoryWatch({
    plan: { wanted: () => wanted },
    logs: { lengths: () => new Map([[log, lengths]]) },
    clock,
  })
  const shown: (HistoryProgress | undefined)[] = []
  watch.progress.subscribe((now) => shown.push(now))
  const came = (page: number, count: number, ms = 1_000) => {
    lengths.set(page, new Map([[feed, (lengths.get(page)?.get(feed) ?? 0) + count]]))
    const entries = Array.from({ length: count }, (_, seq) => ({ key: { ms, counter: 0, feed, page, seq } }))
    watch.came({ log, page, entries } as unknown as Arrival)
  }
  return {
    clock,
    watch,
    shown,
    came,
    answered(page: number) {
      watch.answered({ log, page })
      wanted = wanted.filter((other) => other.page !== page)
    },
    async flow(page: number, slices: number, ms = 1_000) {
      for (let i = 0; i < slices; i++) {
        came(page, 64, ms)
        await clock.advance(slicesEveryMs)
      }
    },
  }
}

test('Y5: a moment’s work, and messages that come singly, are not told', async () => {
  const { came, answered, clock, shown } = createScene(0)
  came(0, 1_000)
  answered(0)
  await clock.advance(60_000)
  for (let i = 0; i < 20; i++) {
    came(1, 1)
    await clock.advance(300)
  }
  await clock.advance(60_000)
  expect(shown).toEqual([])
})

test('Y5: how far back it is, how much is here and how much is left are told, until all has come', async () => {
  const { flow, answered, watch, clock } = createScene(0, 1, 2)
  const full = logLimits.messagesPerPage
  await flow(2, 8, 9_000)
  const atFirst = watch.progress.get()
  expect(atFirst).toMatchObject({ backToMs: 9_000, messagesLeft: 2 * full })
  answered(2)
  await flow(1, 8, 5_000)
  const later = watch.progress.get()
  expect(later).toMatchObject({ backToMs: 5_000 })
  expect(later?.messagesLeft).toBeLessThan(2 * full)
  expect(later?.fraction).toBeGreaterThan(atFirst?.fraction ?? 1)
  answered(1)
  await flow(0, 4, 1_000)
  answered(0)
  await clock.advance(500)
  expect(watch.progress.get()).toMatchObject({ fraction: 1, messagesLeft: 0 })
  await clock.advance(historyLimits.lingerMs)
  expect(watch.progress.get()).toBeUndefined()
  expect(clock.pendingTimers).toBe(0)
})

test('Y5: whoever stops answering ends it, and when more comes it is told again', async () => {
  const { flow, watch, clock } = createScene(0, 1)
  await flow(1, 8)
  expect(watch.progress.get()).toBeDefined()
  await clock.advance(historyLimits.silentMs + historyLimits.toldEveryMs)
  expect(watch.progress.get()).toBeUndefined()
  await flow(1, 8)
  expect(watch.progress.get()).toBeDefined()
  watch.close()
  expect(watch.progress.get()).toBeUndefined()
})

test('Y5: the screen is told while history comes over a slow link, and no more once that is cut', async () => {
  const house = createHousehold({ messagesPerPage: 10, wires: { delayMs: 300 } })
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')] as [Member, Member]
  const { general } = anna.hearth.family
  for (let i = 0; i < 600; i++)
    await anna.hearth.logs.append(general, entryKinds.message, encodeUtf8(`message ${i}`))
  const told: number[] = []
  bob.hearth.history.subscribe((now) => now && told.push(now.fraction))
  house.hub.connect(anna.id, bob.id)
  await house.clock.advance(5_000)
  expect(told.length).toBeGreaterThan(2)
  expect(told.at(-1)).toBeGreaterThan(told[0] ?? 1)
  expect(bob.hearth.history.get()).toBeDefined()
  house.cut(anna, bob)
  await house.clock.advance(historyLimits.lingerMs + historyLimits.toldEveryMs)
  expect(bob.hearth.history.get()).toBeUndefined()
  expect(anna.hearth.history.get()).toBeUndefined()
})
