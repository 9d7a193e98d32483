import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

test('a message in a list has its words and no marks', () => {
  expect(plainText('Who brings the **bread** and ~~no~~ `cake`?')).toBe('Who brings the bread and no cake?')
  expect(plainText('Bring:\n- hats\n- towels\n> and the dog?')).toBe('Bring:\nhats\ntowels\nand the dog?')
})

test('a spoiler is given away nowhere, nor how long it is', () => {
  expect(plainText('It is ||a boat|| for **||her||**')).toBe('It is ▒▒▒▒ for ▒▒▒▒')
})

test('whatever is written, it gives words, and no more than there were', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(plainText(text).length).toBeLessThanOrEqual(text.length)
    }),
  )
})
