import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/identifiers.ts'
import { logLimits, readingLimits } from '../../../shared/limits.ts'
import type { LogId, ReadingRow } from '../ports.ts'
import { compareMarks, covers, lateOf, withLate, type Mark } from './mark.ts'
import { createMarks } from './marks.ts'

const me = 'me' as AccountId
const bob = 'bob' as AccountId
const room = 'room' as LogId
const now = 1_000_000

const open = (rows: readonly ReadingRow[] = [], clock = { now: () => now }) => {
  const saved: ReadingRow[] = []
  const marks = createMarks({ me, rows, sinceMs: 100, clock, save: (row) => saved.push(row) })
  return { marks, saved }
}
const keyAt = (ms: number, counter = 0, feed = 5, page = 0, seq = 0) => ({ ms, counter, feed, page, seq })

const anyMark: fc.Arbitrary<Mark> = fc.record({
  ms: fc.integer({ min: 0, max: now }),
  counter: fc.nat({ max: 3 }),
  atMs: fc.integer({ min: 0, max: now }),
  late: fc.constant([]),
})

test('R1: marks that were told come to the same, in whatever order and however often they came', () => {
  fc.assert(
    fc.property(fc.array(anyMark, { minLength: 1, maxLength: 12 }), fc.nat(), (told, seed) => {
      const shuffled = told.toSorted((left, right) => ((left.ms * 7 + right.atMs + seed) % 3) - 1)
      const [one, other] = [open(), open()]
      for (const mark of told) one.marks.take(room, bob, mark)
      for (const mark of [...shuffled, ...told]) other.marks.take(room, bob, mark)
      const { ms, counter, atMs } = other.marks.of(room, bob) ?? { ms: 0, counter: 0, atMs: 0 }
      expect(one.marks.of(room, bob)).toMatchObject({ ms, counter, atMs })
    }),
  )
})

test('R1: a mark never goes back, whoever sets it and in whatever order', () => {
  const step = fc.oneof(
    anyMark.map((mark) => ({ type: 'told' as const, mark })),
    anyMark.map((mark) => ({ type: 'read' as const, mark })),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { marks } = open()
      let before: Mark = { ms: 0, counter: 0, atMs: 0, late: [] }
      for (const { type, mark } of steps) {
        if (type === 'told') marks.take(room, me, mark)
        else marks.readTo(room, mark)
        const after = marks.of(room, me) ?? before
        expect(compareMarks(after, before)).toBeGreaterThanOrEqual(0)
        before = after
      }
    }),
  )
})

test('R1: what is kept gives the same marks at the next start', () => {
  fc.assert(
    fc.property(fc.array(anyMark, { minLength: 1, maxLength: 8 }), (told) => {
      const { marks, saved } = open()
      for (const mark of told) marks.take(room, bob, mark)
      const again = open(saved.slice(-1))
      expect(again.marks.of(room, bob)).toMatchObject({ ...marks.of(room, bob) })
    }),
  )
})

test('R1, E4: nobody has read what is yet to be written', () => {
  const { marks } = open()
  const lead = logLimits.maxClockLeadMs
  marks.take(room, bob, { ms: now + lead, counter: 4, atMs: now + 5, late: [] })
  expect(marks.of(room, bob)).toMatchObject({ ms: now + lead, counter: 4, atMs: now })
  const far = 'far' as LogId
  marks.take(far, bob, { ms: logLimits.maxClockMs, counter: 9, atMs: logLimits.maxClockMs, late: [] })
  expect(marks.of(far, bob)).toMatchObject({ ms: now, counter: 0, atMs: now })
})

test('R1: a mark covers what is not behind it, but for what came late', () => {
  const mark: Mark = { ms: 10, counter: 2, atMs: 10, late: [{ feed: 5, page: 1, seq: 7 }] }
  expect(covers(mark, keyAt(10, 2))).toBe(true)
  expect(covers(mark, keyAt(10, 3))).toBe(false)
  expect(covers(mark, keyAt(11))).toBe(false)
  expect(covers(mark, keyAt(9, 0, 5, 1, 6))).toBe(true)
  expect(covers(mark, keyAt(9, 0, 5, 1, 7))).toBe(false)
  expect(covers(mark, keyAt(9, 0, 5, 1, 8))).toBe(false)
  expect(covers(mark, keyAt(9, 0, 6, 1, 8))).toBe(true)
  expect(covers(mark, keyAt(9, 0, 5, 2, 8))).toBe(true)
})

test('R1: of a feed in a page the first late place says it for all, and there are not too many', () => {
  const first = withLate([], { feed: 5, page: 1, seq: 7 }, 3)
  expect(withLate(first, { feed: 5, page: 1, seq: 9 }, 3)).toBe(first)
  expect(withLate(first, { feed: 5, page: 1, seq: 2 }, 3)).toEqual([{ feed: 5, page: 1, seq: 2 }])
  const many = [1, 2, 3, 4].reduce((late, page) => withLate(late, { feed: 6, page, seq: 0 }, 3), first)
  expect(many.map(({ page }) => page)).toEqual([4, 3, 2])
  expect(lateOf([...many, ...first], 5)).toEqual(first)
})

test('R1: only where this device has set the mark it says what came late; reading again takes that back', () => {
  const { marks } = open()
  expect(marks.noteLate(room, keyAt(200)), 'never read').toBe(false)
  marks.take(room, me, { ms: 500, counter: 0, atMs: 600, late: [] })
  expect(marks.noteLate(room, keyAt(200)), 'set by another device').toBe(false)
  marks.readTo(room, { ms: 700, counter: 0 })
  expect(marks.noteLate(room, keyAt(50)), 'history').toBe(false)
  expect(marks.noteLate(room, keyAt(800)), 'new').toBe(false)
  expect(marks.noteLate(room, keyAt(650))).toBe(true)
  expect(marks.isRead(room, keyAt(650))).toBe(false)
  expect(marks.readTo(room, { ms: 600, counter: 0 })).toBe(true)
  expect(marks.isRead(room, keyAt(650))).toBe(true)
  expect(marks.of(room, me)).toMatchObject({ ms: 700, late: [] })
  expect(marks.readTo(room, { ms: 700, counter: 0 }), 'no news').toBe(false)
})

test('R1: where nothing was ever read, what is older than this device counts as read', () => {
  const { marks } = open()
  expect(marks.isRead(room, keyAt(100))).toBe(true)
  expect(marks.isRead(room, keyAt(101))).toBe(false)
})

test('R1: late places never outgrow what a message holds', () => {
  const { marks } = open()
  marks.readTo(room, { ms: 900, counter: 0 })
  for (let page = 0; page < 100; page++) marks.noteLate(room, keyAt(500, 0, 5, page, 1))
  expect(marks.of(room, me)?.late.length).toBe(readingLimits.maxLate)
})
