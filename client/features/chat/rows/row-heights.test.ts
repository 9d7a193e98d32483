import { expect, test } from 'vitest'
import { createRowHeights } from './row-heights.ts'

const keys = ['a', 'b', 'c', 'd']

test('ux 9: rows that were never drawn count as those do that were', () => {
  const heights = createRowHeights()
  const unknown = heights.sum(keys)
  expect(unknown).toBeGreaterThan(0)
  heights.note('a', 30)
  heights.note('b', 50)
  expect(heights.sum(['a', 'b'])).toBe(80)
  expect(heights.sum(keys)).toBe(160)
  heights.note('b', 90)
  expect(heights.sum(keys)).toBe(240)
  heights.forget()
  expect(heights.sum(keys)).toBe(unknown)
})

test('ux 9: the row at a place is found, and beyond the last the last', () => {
  const heights = createRowHeights()
  for (const key of keys) heights.note(key, 10)
  expect([0, 9.5, 10, 35, 40, 4_000].map((px) => heights.indexAt(keys, px))).toEqual([0, 0, 1, 3, 3, 3])
  expect(heights.indexAt([], 5)).toBe(0)
})
