import fc from 'fast-check'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { expect, test } from 'vitest'
import { phraseOf, readPhrase } from './phrase.ts'

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes))

test('I1: the phrase of BIP39’s own test vectors', () => {
  // github.com/trezor/python-mnemonic, vectors.json: 256 bits of zeros, of 7f and of ff.
  expect(phraseOf(new Uint8Array(32)).join(' ')).toBe(`${'abandon '.repeat(23)}art`)
  expect(phraseOf(new Uint8Array(32).fill(0xff)).join(' ')).toBe(`${'zoo '.repeat(23)}vote`)
  const legal = `${'legal winner thank year wave sausage worth useful '.repeat(2)}legal winner thank year wave sausage worth title`
  expect(phraseOf(new Uint8Array(32).fill(0x7f)).join(' ')).toBe(legal)
})

test('I1: every seed comes back from its phrase, in any case and spacing, with numbers or commas between', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(' ', '  ', '\n', ', ', ' 7. ', '\u00a0'), (seed, space) => {
      const words = phraseOf(seed)
      expect(words).toHaveLength(24)
      expect(readPhrase(words.join(space))).toEqual(seed)
      expect(readPhrase(`  ${words.join(space).toUpperCase()}\n`)).toEqual(seed)
    }),
    { numRuns: 50 },
  )
})

test('I1: a word too few, too many, unknown or in the wrong place is told', () => {
  const words = phraseOf(new Uint8Array(32).fill(5))
  for (const wrong of [
    [],
    words.slice(1),
    words.slice(0, 12),
    [...words, words[0]],
    [...words.slice(0, 23), 'hearth'],
    [words[1], words[0], ...words.slice(2)],
  ])
    expect(readPhrase(wrong.join(' '))).toBeUndefined()
})

test('I1: of a word mistaken for another, the check sum tells 255 of 256', () => {
  const seed = new Uint8Array(32).fill(9)
  const words = phraseOf(seed)
  const taken = wordlist.filter((word) => readPhrase([word, ...words.slice(1)].join(' ')) !== undefined)
  expect(taken).toContain(words[0])
  expect(taken.length).toBeLessThan(30)
})

test('whatever somebody types: 32 bytes, or nothing', () => {
  const typed = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('zoo', 'art', 'legal'), { maxLength: 30 }).map((list) => list.join(' ')),
  )
  fc.assert(
    fc.property(typed, (text) => {
      expect([undefined, 32]).toContain(readPhrase(text)?.length)
    }),
  )
})
