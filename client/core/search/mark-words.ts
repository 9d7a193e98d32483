import { findSimilar, mistakesIn } from './find-similar.ts'
import { termsOf } from './query.ts'
import { splitWords, type Word } from './split-words.ts'
import { listTerms } from './term-list.ts'

/** A part of a text; `isHit`: it is what was looked for. */
export interface MarkedPart {
  text: string
  isHit: boolean
}

/** How much of a long text is shown before the first hit, and in all, in UTF-16 units. */
const before = 60
const shown = 240

/**
 * Where a text has what was looked for, or words that are alike to it; cut to what is worth showing. Joined, the parts are a part of the text.
 */
export const markWords = (text: string, asked: string, withSimilar: boolean): MarkedPart[] => {
  const terms = termsOf(asked)
  const last = terms.at(-1)
  const words = splitWords(text)
  const wanted = new Set([...terms, ...(withSimilar ? similarAmong(words, terms) : [])])
  const hits = words.filter(({ term }) => wanted.has(term) || (last !== undefined && term.startsWith(last)))
  const first = hits[0]?.start ?? 0
  const from = first > before + 20 ? startOfWord(text, first - before) : 0
  const to = from + shown < text.length ? startOfWord(text, from + shown) : text.length
  const parts: MarkedPart[] = []
  const add = (start: number, end: number, isHit: boolean) => {
    if (end > start) parts.push({ text: text.slice(start, end), isHit })
  }
  let done = from
  for (const { start, end } of hits) {
    if (end > to) break
    add(done, start, false)
    add(start, end, true)
    done = end
  }
  add(done, to, false)
  if (from > 0) parts.unshift({ text: '…', isHit: false })
  if (to < text.length) parts.push({ text: '…', isHit: false })
  return parts
}

const similarAmong = (words: readonly Word[], terms: readonly string[]): string[] => {
  // As `<` has it.
  const sorted = [...new Set(words.map(({ term }) => term))].sort((one, other) => (one < other ? -1 : 1))
  const list = listTerms(sorted)
  if (!list) return []
  return terms.flatMap((term) =>
    findSimilar(list, term, mistakesIn(term)).flatMap((place) => sorted[place] ?? []),
  )
}

/** The nearest place after `at` where a word begins; a word without end is cut between characters. */
const startOfWord = (text: string, at: number): number => {
  const space = text.slice(at, at + 40).search(/\s/u)
  if (space >= 0) return at + space + 1
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at
}
