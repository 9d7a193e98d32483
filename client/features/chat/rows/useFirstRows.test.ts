import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import type { TimelineItem } from '../../../core/hearth.ts'
import { anna } from '../../../core/testing/fake-family.ts'
import { useFirstRows } from './useFirstRows.ts'

/** A page that paints when the test says so. */
const page = { hidden: false }
let frames: (() => void)[] = []
let scope: EffectScope

beforeEach(() => {
  vi.useFakeTimers()
  page.hidden = false
  frames = []
  scope = effectScope()
  vi.stubGlobal('document', page)
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback))
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const paint = async () => {
  for (const frame of frames.splice(0)) frame()
  await vi.advanceTimersByTimeAsync(0)
}

const itemsOf = (count: number): TimelineItem[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'message',
    key: `key ${index}`,
    ms: index,
    author: anna,
    text: '',
  }))

interface SetUp {
  firstUnread?: string
  dayOf?: (ms: number) => string
  starting?: () => number | undefined
}

const setUp = (count: number, options: SetUp = {}) => {
  const items = shallowRef<readonly TimelineItem[]>(itemsOf(count))
  const rows = scope.run(() =>
    useFirstRows({
      items: () => items.value,
      firstUnread: () => options.firstUnread,
      dayOf: options.dayOf ?? (() => 'one day'),
      starting: options.starting ?? (() => undefined),
    }),
  )!
  return { items, rows, counts: () => rows.shown.value.length }
}

test('ux 8: the newest rows of a room come first, and those before them with the next frames', async () => {
  const { rows, counts } = setUp(50)
  const seen = [counts()]
  expect(rows.shown.value.at(-1)?.key).toBe('key 49')
  expect(rows.isWhole.value).toBe(false)
  while (!rows.isWhole.value) {
    await paint()
    seen.push(counts())
  }
  expect(seen).toEqual([14, 24, 34, 44, 50])
})

test('ux 8: a room that fits a screen is whole at once, and what comes later is there as it comes', async () => {
  const { rows, items, counts } = setUp(10)
  expect(rows.isWhole.value).toBe(true)
  await paint()
  items.value = itemsOf(200)
  expect(counts()).toBe(200)
})

test('ux 8: down from where reading goes on all rows are there from the beginning', () => {
  const { rows, counts } = setUp(50, { firstUnread: 'key 20' })
  expect(counts()).toBe(30)
  expect(rows.shown.value[0]?.key).toBe('key 20')
})

test('ux 9: rows are added a day at a time', async () => {
  const { counts } = setUp(30, { dayOf: (ms) => (ms < 12 ? 'yesterday' : 'today') })
  const seen = [counts()]
  for (let frame = 0; frame < 3; frame++) {
    await paint()
    seen.push(counts())
  }
  // Today's eighteen, then those of yesterday.
  expect(seen).toEqual([14, 18, 28, 30])
})

test('while the page is starting as many rows are there as may be, and a screen of them from then on', async () => {
  const starting = shallowRef<number | undefined>(0)
  const { rows, counts } = setUp(50, { firstUnread: 'key 20', starting: () => starting.value })
  const seen = [counts()]
  for (const most of [4, 8]) {
    starting.value = most
    await paint()
    seen.push(counts())
  }
  expect(rows.fillScreen.value).toBe(false)
  starting.value = undefined
  expect(rows.fillScreen.value).toBe(true)
  seen.push(counts())
  await nextTick()
  await paint()
  seen.push(counts())
  expect(seen).toEqual([0, 4, 8, 30, 40])
})

test('whoever is led to a message has all rows at once', () => {
  const { rows, counts } = setUp(50)
  rows.showAll()
  expect(counts()).toBe(50)
})

test('a page that nobody looks at paints nothing, and draws its rows all the same', async () => {
  page.hidden = true
  const { rows } = setUp(50)
  await vi.advanceTimersByTimeAsync(10)
  expect(rows.isWhole.value).toBe(true)
  expect(frames).toEqual([])
})

test('a page that goes into the background before its frame has come goes on, too', async () => {
  const { rows } = setUp(50)
  page.hidden = true
  await vi.advanceTimersByTimeAsync(1_000)
  expect(rows.isWhole.value).toBe(true)
})
