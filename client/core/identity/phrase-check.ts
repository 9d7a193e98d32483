import { drawBelow } from '../draw-below.ts'
import type { Random } from '../ports.ts'

/** Of how many words the check asks (ux 4): enough to show that there is a paper. */
const askedWords = 2

export const phraseLength = 24

const plain = (word: string): string => word.normalize('NFKD').trim().toLowerCase()

/** Which words to ask for: places in the phrase from 0, different ones, in their order. */
export const pickPlaces = (random: Random, count = phraseLength): number[] => {
  const places = new Set<number>()
  while (places.size < Math.min(askedWords, count)) places.add(drawBelow(random, count))
  return [...places].sort((one, other) => one - other)
}

/** The places at which the given word is not the phrase's. Case and spaces around a word do not count. */
export const wrongPlaces = (phrase: readonly string[], given: ReadonlyMap<number, string>): number[] =>
  [...given].filter(([place, word]) => plain(word) !== phrase[place]).map(([place]) => place)

/** The words of a text that somebody typed from their paper, numbers and commas between them left out. */
export const splitPhrase = (text: string): string[] =>
  plain(text)
    .split(/[^a-z]+/)
    .filter(Boolean)

/** Whole words that are none of the list: typing mistakes. The last word may be still on its way. */
export const strayWords = (text: string, wordlist: readonly string[]): string[] => {
  const words = splitPhrase(text)
  const isLastOpen = /[a-z]$/i.test(text)
  const known = new Set(wordlist)
  return words.filter(
    (word, index) =>
      !known.has(word) &&
      !(isLastOpen && index === words.length - 1 && wordlist.some((whole) => whole.startsWith(word))),
  )
}
