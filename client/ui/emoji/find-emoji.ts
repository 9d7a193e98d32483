import type { Emoji } from './emoji-data.ts'

/** Longer ones count like it. */
const longestCode = 99

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[_\s]+/gu, ' ')
    .trim()

/** Smaller is better, and of codes that begin so the shortest; undefined where it does not fit. */
const rank = ({ codes, name, words }: Emoji, wanted: string): number | undefined => {
  const known = codes.map(fold)
  if (known.includes(wanted)) return 0
  const begun = known.filter((code) => code.startsWith(wanted)).map(({ length }) => length)
  if (begun.length > 0) return 1 + Math.min(longestCode, ...begun) / (longestCode + 1)
  if (words.some((word) => fold(word) === wanted)) return 2
  const all = [...known, fold(name), ...words.map(fold)]
  const begins = all.some((text) => ` ${text}`.includes(` ${wanted}`))
  return begins ? 3 : undefined
}

/** Those whose name, code or other words begin so, the best first, else in the usual order. */
export const findEmoji = (all: readonly Emoji[], query: string, most: number): Emoji[] => {
  const wanted = fold(query)
  if (wanted === '') return []
  return all
    .flatMap((emoji) => {
      const found = rank(emoji, wanted)
      return found === undefined ? [] : [{ emoji, found }]
    })
    .sort((one, other) => one.found - other.found)
    .slice(0, most)
    .map(({ emoji }) => emoji)
}
