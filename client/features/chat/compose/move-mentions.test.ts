import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bob, mia } from '../../../core/testing/fake-family.ts'
import { moveMentions, trimText } from './move-mentions.ts'

const at = (start: number, length: number) => ({ start, length, person: bob })

test('ux 19: typing around a mention moves it along', () => {
  const mentions = [at(3, 4)]
  expect(moveMentions(mentions, 'hi @Bob!', 'oh, hi @Bob!')).toEqual([at(7, 4)])
  expect(moveMentions(mentions, 'hi @Bob!', 'hi @Bob, you!')).toEqual(mentions)
  expect(moveMentions(mentions, 'hi @Bob!', '@Bob!')).toEqual([at(0, 4)])
})

test('ux 19: typing into a mention makes it text', () => {
  expect(moveMentions([at(3, 4)], 'hi @Bob!', 'hi @Boob!')).toEqual([])
  expect(moveMentions([at(3, 4)], 'hi @Bob!', 'hi @Bo!')).toEqual([])
  expect(moveMentions([at(3, 4)], 'hi @Bob!', '')).toEqual([])
})

test('ux 19: of two alike, the one that was taken away goes', () => {
  const two = [at(0, 4), { start: 4, length: 4, person: mia }]
  expect(moveMentions(two, '@Bob@Bob', '@Bob', 0)).toEqual([{ start: 0, length: 4, person: mia }])
  expect(moveMentions(two, '@Bob@Bob', '@Bob', 4)).toEqual([at(0, 4)])
})

/** A text, mentions in it, and one change of it. */
const change = fc
  .tuple(
    fc.array(fc.tuple(fc.string({ unit: fc.constantFrom('a', '@', ' ', 'B') }), fc.nat(3)), { maxLength: 6 }),
    fc.nat(),
    fc.nat(),
    fc.string({ unit: fc.constantFrom('a', '@', ' ', 'B') }),
  )
  .map(([parts, one, other, typed]) => {
    let before = ''
    const mentions = parts.flatMap(([text, length]) => {
      before += text
      const start = before.length
      before += '@Bo'.slice(0, length)
      return length > 0 ? [at(start, length)] : []
    })
    const [from, to] = [one % (before.length + 1), other % (before.length + 1)].sort((a, b) => a - b) as [
      number,
      number,
    ]
    return { before, mentions, from, to, typed, after: before.slice(0, from) + typed + before.slice(to) }
  })

test('ux 19: a mention that stays still covers its own letters, in order and without overlap', () => {
  fc.assert(
    fc.property(change, fc.boolean(), ({ before, mentions, from, typed, after }, hasCaret) => {
      const moved = moveMentions(mentions, before, after, hasCaret ? from + typed.length : undefined)
      let end = 0
      for (const { start, length } of moved) {
        expect(start).toBeGreaterThanOrEqual(end)
        end = start + length
        expect(end).toBeLessThanOrEqual(after.length)
        expect('@Bo'.startsWith(after.slice(start, end))).toBe(true)
      }
      expect(moved.length).toBeLessThanOrEqual(mentions.length)
    }),
    { numRuns: 1000 },
  )
})

test('ux 19: with the caret known, just those go that the change touched', () => {
  fc.assert(
    fc.property(change, ({ before, mentions, from, to, typed, after }) => {
      const moved = moveMentions(mentions, before, after, from + typed.length)
      const untouched = mentions.filter(({ start, length }) => start + length <= from || start >= to)
      expect(moved.length).toBeGreaterThanOrEqual(untouched.length)
    }),
    { numRuns: 1000 },
  )
})

test('blanks around the text go, and mentions stay where they belong', () => {
  expect(trimText('  hi @Bob ', [at(5, 4)])).toEqual({ text: 'hi @Bob', mentions: [at(3, 4)] })
  expect(trimText('/me  waves to @Bob', [at(14, 4)], 3)).toEqual({
    text: 'waves to @Bob',
    mentions: [at(9, 4)],
  })
  expect(trimText('@Bob', [at(0, 4), at(0, 9)])).toEqual({ text: '@Bob', mentions: [at(0, 4)] })
})
