import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { loadWordlist } from './passphrase.ts'
import { phraseLength, pickPlaces, splitPhrase, strayWords, wrongPlaces } from './phrase-check.ts'

const wordlist = await loadWordlist()
const phrase = wordlist.slice(100, 100 + phraseLength)

test('ux 4: two different places are asked for, in their order, and every place has its turn', () => {
  const seen = new Set<number>()
  for (let seed = 0; seed < 400; seed++) {
    const places = pickPlaces(createSeededRandom(seed))
    const [first, second] = places
    expect(places).toHaveLength(2)
    expect(first!).toBeLessThan(second!)
    for (const place of places) seen.add(place)
  }
  expect(seen.size).toBe(phraseLength)
})

test('ux 4: the right words pass in any case and with spaces around them; others are named by their place', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(phraseLength - 1), fc.nat(phraseLength - 1), (seed, at, other) => {
      const places = pickPlaces(createSeededRandom(seed))
      const right = new Map(places.map((place) => [place, ` ${phrase[place]!.toUpperCase()} `]))
      expect(wrongPlaces(phrase, right)).toEqual([])
      const given = new Map([[at, phrase[other]!]])
      expect(wrongPlaces(phrase, given)).toEqual(at === other ? [] : [at])
      expect(wrongPlaces(phrase, new Map([[at, '']]))).toEqual([at])
    }),
  )
})

test('a phrase is read with numbers, commas and line ends between its words', () => {
  expect(splitPhrase(' 1. Legal,\n2) winner\tTHANK ')).toEqual(['legal', 'winner', 'thank'])
  expect(splitPhrase('')).toEqual([])
})

test('typing mistakes are named; a last word still being typed is none', () => {
  expect(strayWords('legal winer thank', wordlist)).toEqual(['winer'])
  expect(strayWords('legal wi', wordlist)).toEqual([])
  expect(strayWords('legal wi ', wordlist)).toEqual(['wi'])
  expect(strayWords('legal qx', wordlist)).toEqual(['qx'])
  expect(strayWords(phrase.join(' '), wordlist)).toEqual([])
})
