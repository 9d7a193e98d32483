import { expect, test } from 'vitest'
import { initialsOf } from './initials.ts'
import { hueCount, hueOf } from './person-hue.ts'

test.each([
  ['Anna', 'A'],
  ['mia lindqvist', 'ML'],
  ['Anna Maria van der Berg', 'AB'],
  ['Anna (2)', 'A'],
  ['ليلى', 'ل'],
  ['王小明', '王'],
  ['👩‍🚀 Zoe', '👩‍🚀Z'],
  ['e\u0301lise', 'E\u0301'],
  ['  ', ''],
  ['…', '…'],
])('initials of %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('a person has one hue of a few, and people differ', () => {
  const hues = Array.from({ length: 400 }, (_, index) => hueOf(`device-${index}`))
  expect(new Set(hues)).toEqual(new Set(Array.from({ length: hueCount }, (_, hue) => hue)))
  expect(hueOf('device-7')).toBe(hueOf('device-7'))
})
