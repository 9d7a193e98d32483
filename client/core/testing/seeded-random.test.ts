import { expect, test } from 'vitest'
import { createSeededRandom } from './seeded-random.ts'

test('the same seed gives the same bytes, another others', () => {
  expect(createSeededRandom(1).bytes(32)).toEqual(createSeededRandom(1).bytes(32))
  expect(createSeededRandom(1).bytes(32)).not.toEqual(createSeededRandom(2).bytes(32))
})

test('below stays below', () => {
  const random = createSeededRandom(3)
  const drawn = Array.from({ length: 1_000 }, () => random.below(7))
  expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
})
