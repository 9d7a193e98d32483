import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findSimilar, mistakesIn } from './find-similar.ts'
import { findBeginning, findTerm, listTerms } from './term-list.ts'

const listOf = (words: readonly string[]) => listTerms(words)!

/** Letter by letter, as in the books (optimal string alignment), but that a wrong first letter counts twice. */
const slowDistance = (one: string, other: string): number => {
  const rows: number[][] = []
  for (let row = 0; row <= one.length; row++) {
    rows.push([])
    for (let column = 0; column <= other.length; column++) {
      const at = (up: number, left: number) => rows[row - up]?.[column - left] ?? Infinity
      const step = one[row - 1] === other[column - 1] ? 0 : row === 1 && column === 1 ? 2 : 1
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const isFirst = row === 0 && column === 0
      const border = Math.max(row, column) + 1
      rows[row]!.push(
        isFirst
          ? 0
          : row === 0 || column === 0
            ? border
            : Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + step, isSwap ? at(2, 2) + 1 : Infinity),
      )
    }
  }
  return rows[one.length]![other.length]!
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', 'ب'), minLength: 1, maxLength: 9 })
const sorted = (words: readonly string[]) => [...new Set(words)].sort((one, other) => (one < other ? -1 : 1))
const words = fc.array(word, { maxLength: 60 }).map(sorted)

test('ux 24: words that may have been meant are those that are alike by hand: left out, added, exchanged, swapped', () => {
  fc.assert(
    fc.property(words, word, fc.integer({ min: 1, max: 2 }), (all, wanted, most) => {
      const found = findSimilar(listOf(all), wanted, most).map((term) => all[term])
      expect(found).toEqual(all.filter((one) => slowDistance(wanted, one) <= most))
    }),
    { numRuns: 400 },
  )
})

test('ux 24: a long word may have two mistakes, a short one none, a number never', () => {
  expect(['ten', 'lake', 'grandpas', '20261126'].map(mistakesIn)).toEqual([0, 1, 2, 0])
})

test('ux 24: every word of a page is found, and all that begin so', () => {
  const character = fc.oneof(
    fc.constantFrom('a', 'b', '𝒜', '𝒷', '\u{20000}'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
  )
  const anyWord = fc
    .string({ unit: character, minLength: 1, maxLength: 10 })
    .filter((one) => one.length <= 40)
  fc.assert(
    fc.property(fc.array(anyWord, { maxLength: 80 }).map(sorted), anyWord, (all, wanted) => {
      const list = listOf(all)
      for (const [term, one] of all.entries()) expect(findTerm(list, one)).toEqual({ term, isIt: true })
      expect(findTerm(list, wanted).isIt).toBe(all.includes(wanted))
      const { from, to } = findBeginning(list, wanted)
      expect(all.slice(from, to)).toEqual(all.filter((one) => one.startsWith(wanted)))
    }),
  )
})
