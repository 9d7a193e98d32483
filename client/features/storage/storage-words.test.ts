import { expect, test } from 'vitest'
import { isNearlyFull, nameBytes, percentOf } from './storage-words.ts'

const million = 1_000_000

test('ux 42: sizes are told in the unit that fits, with one digit behind the point where that says something', () => {
  expect([0, 999, 45_678, 1_234_567, 345_600_000, 2_500_000_000].map(nameBytes)).toEqual([
    '0 byte',
    '999 byte',
    '46 kB',
    '1.2 MB',
    '346 MB',
    '2.5 GB',
  ])
})

test('ux 42: it warns from 80 % on, but not of a small amount, nor where the browser does not say', () => {
  const quotaBytes = 1_000 * million
  expect(isNearlyFull({ usedBytes: 799 * million, quotaBytes })).toBe(false)
  expect(isNearlyFull({ usedBytes: 800 * million, quotaBytes })).toBe(true)
  expect(isNearlyFull({ usedBytes: 49 * million, quotaBytes: 50 * million })).toBe(false)
  expect(isNearlyFull('unknown')).toBe(false)
  expect(isNearlyFull(undefined)).toBe(false)
})

test('ux 42: more than all is told as all', () => {
  expect(percentOf({ usedBytes: 120, quotaBytes: 100 })).toBe('100%')
})
