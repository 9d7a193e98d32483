import { expect, test } from 'vitest'
import { around, grow } from './row-range.ts'

test('ux 9: rows come at an edge that is near, and stop at both ends of the log', () => {
  const range = { from: 15, to: 85 }
  expect(grow(range, 100, { above: 3, below: 3 })).toEqual(range)
  expect(grow(range, 100, { above: 1, below: 3 })).toEqual({ from: 10, to: 85 })
  expect(grow({ from: 4, to: 97 }, 100, { above: 0, below: 0 })).toEqual({ from: 0, to: 100 })
})

test('ux 9: around a row far away there is a screen of others, as far as there are any', () => {
  expect(around(50, 100)).toEqual({ from: 40, to: 60 })
  expect(around(2, 100)).toEqual({ from: 0, to: 12 })
  expect(around(100, 100)).toEqual({ from: 90, to: 100 })
})
