import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rankChoices, type Choice } from './rank.ts'

const choice = (label: string, is: Partial<Choice> = {}): Choice => ({
  key: label,
  kind: 'room',
  label,
  note: '',
  recentMs: 0,
  ...is,
})
const found = (labels: readonly string[], words: string) =>
  rankChoices(
    labels.map((label) => choice(label)),
    words,
  ).map(({ label }) => label)

test('the whole name, its beginning, beginnings of words, what is inside, letters in order', () => {
  const labels = ['Stay inside', 'Thousands', 'The sand box', 'Sandwiches', 'Sand', 'Garden']
  expect(found(labels, 'sand')).toEqual(['Sand', 'Sandwiches', 'The sand box', 'Thousands', 'Stay inside'])
  expect(found(labels, 'tsb')).toEqual(['The sand box'])
  expect(found(labels, 'the bo')).toEqual(['The sand box'])
})

test('names are found without their accents, in whatever spelling and language', () => {
  expect(found(['Café', 'Kino'], 'CAFE')).toEqual(['Café'])
  expect(found(['ليلى', 'Bob'], 'ليل')).toEqual(['ليلى'])
  expect(found(['Überraschung'], 'uber')).toEqual(['Überraschung'])
})

test('without words the most recent comes first, and commands last', () => {
  const choices = [
    choice('Settings', { kind: 'command' }),
    choice('Bob', { kind: 'person' }),
    choice('Garden', { recentMs: 10 }),
    choice('Kitchen', { recentMs: 20 }),
    choice('Attic'),
  ]
  expect(rankChoices(choices, ' ').map(({ label }) => label)).toEqual([
    'Kitchen',
    'Garden',
    'Attic',
    'Bob',
    'Settings',
  ])
})

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', 'C', ' ', '-', 'ل', '🔥'), maxLength: 12 })
const anyChoice = fc.record({
  key: fc.uuid(),
  kind: fc.constantFrom('room' as const, 'person' as const, 'command' as const),
  label: letters,
  note: fc.constant(''),
  recentMs: fc.nat(3),
})

test('nothing is made up and nothing comes twice, whatever is typed', () => {
  fc.assert(
    fc.property(fc.array(anyChoice), letters, (choices, words) => {
      const ranked = rankChoices(choices, words)
      expect(new Set(ranked).size).toBe(ranked.length)
      for (const one of ranked) expect(choices).toContain(one)
    }),
  )
})

test('who types a name, or the beginning of it, finds it', () => {
  fc.assert(
    fc.property(fc.array(anyChoice, { minLength: 1 }), fc.nat(), fc.nat(12), (choices, at, length) => {
      const wanted = choices[at % choices.length]!
      expect(rankChoices(choices, wanted.label.slice(0, length).replace(/[\uD800-\uDBFF]$/u, ''))).toContain(
        wanted,
      )
    }),
  )
})

test('another letter never brings back what an earlier one had ruled out', () => {
  fc.assert(
    fc.property(fc.array(anyChoice), letters, letters, (choices, words, more) => {
      const all = rankChoices(choices, words)
      for (const one of rankChoices(choices, words + more)) expect(all).toContain(one)
    }),
  )
})

test('the order does not hang on the order in which they are given, but for those alike', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyChoice, { selector: ({ recentMs, kind }) => `${recentMs} ${kind}` }),
      letters,
      (choices, words) => {
        expect(rankChoices(choices.toReversed(), words)).toEqual(rankChoices(choices, words))
      },
    ),
  )
})
