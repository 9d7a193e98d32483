import { expect, test } from 'vitest'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { drawPassphrase, loadWordlist, passphraseWords } from './passphrase.ts'

test('a passphrase is five words of the list, by the given randomness alone', async () => {
  const wordlist = await loadWordlist()
  const phrase = drawPassphrase(createSeededRandom(7), wordlist)
  const words = phrase.split('-')
  expect(words).toHaveLength(passphraseWords)
  expect(words.every((word) => wordlist.includes(word))).toBe(true)
  expect(drawPassphrase(createSeededRandom(7), wordlist)).toBe(phrase)
  expect(drawPassphrase(createSeededRandom(8), wordlist)).not.toBe(phrase)
})

test('every word of the list is as likely as any other', async () => {
  const wordlist = await loadWordlist()
  const random = createSeededRandom(11)
  const counts = new Map<string, number>()
  const draws = 20_000
  for (let i = 0; i < draws; i++) {
    for (const word of drawPassphrase(random, wordlist).split('-'))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const expected = (draws * passphraseWords) / wordlist.length
  const chiSquare = wordlist.reduce(
    (sum, word) => sum + ((counts.get(word) ?? 0) - expected) ** 2 / expected,
    0,
  )
  // 2,047 degrees of freedom: mean 2,047, deviation 64. Five deviations away is not by chance.
  expect(Math.abs(chiSquare - 2_047)).toBeLessThan(5 * 64)
})
