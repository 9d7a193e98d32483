import type { AccountId } from '../../../shared/identifiers.ts'
import { findSimilar } from './find-similar.ts'
import { eachMessageOf, flagsOf, type Segment } from './segment.ts'
import { findBeginning, findTerm } from './term-list.ts'

/** One word of a question: what counts as it. */
export interface WantedWord {
  term: string
  /** All that begin so count too. */
  isBeginning: boolean
  /** And those that may have been meant: with so many mistakes. */
  mistakes: number
}

export interface Filters {
  from: AccountId | undefined
  afterMs: number
  beforeMs: number
  hasLink: boolean
}

/** By the number of a message how many of the words it has: one for all, since each page would need its own. */
let seen = new Uint8Array(8_192)

/** The messages that have all of the words, the newest first. Without words all that pass. */
export const findInSegment = (
  segment: Segment,
  words: readonly WantedWord[],
  filters: Filters,
  isHidden: (message: number) => boolean,
): number[] => {
  const passes = passing(segment, filters)
  if (!passes) return []
  const found = words.length === 0 ? allOf(segment) : findWords(segment, words)
  return found.filter((message) => passes(message) && !isHidden(message))
}

const allOf = ({ count }: Segment): number[] => Array.from({ length: count }, (_, index) => count - 1 - index)

const findWords = (segment: Segment, words: readonly WantedWord[]): number[] => {
  const wanted = words.map((word) => placesOf(segment, word))
  if (wanted.some((terms) => terms.length === 0)) return []
  if (seen.length < segment.count) seen = new Uint8Array(segment.count)
  else seen.fill(0, 0, segment.count)
  const found: number[] = []
  // The rarest first: often nothing is left after it.
  const sizes = new Map(wanted.map((terms) => [terms, sizeOf(segment, terms)]))
  wanted.sort((left, right) => (sizes.get(left) ?? 0) - (sizes.get(right) ?? 0))
  for (const [index, terms] of wanted.entries()) {
    const isLast = index === wanted.length - 1
    let left = 0
    for (const term of terms)
      eachMessageOf(segment, term, (message) => {
        if (seen[message] !== index) return
        seen[message] = index + 1
        left++
        if (isLast) found.push(message)
      })
    if (left === 0) return []
  }
  return found.sort((left, right) => right - left)
}

const sizeOf = ({ postingEnds }: Segment, terms: readonly number[]): number =>
  terms.reduce(
    (size, term) => size + (postingEnds[term] ?? 0) - (term > 0 ? (postingEnds[term - 1] ?? 0) : 0),
    0,
  )

/** The numbers of the terms that count as a word; one may be among them twice. */
const placesOf = ({ terms }: Segment, { term, isBeginning, mistakes }: WantedWord): number[] => {
  const places = mistakes > 0 ? findSimilar(terms, term, mistakes) : []
  if (isBeginning) {
    const { from, to } = findBeginning(terms, term)
    for (let place = from; place < to; place++) places.push(place)
  } else if (mistakes === 0) {
    const { term: place, isIt } = findTerm(terms, term)
    if (isIt) places.push(place)
  }
  return places
}

/** Undefined where no message of the page can pass. */
const passing = (
  segment: Segment,
  { from, afterMs, beforeMs, hasLink }: Filters,
): ((message: number) => boolean) | undefined => {
  const { ms, authors, authorOf, flags } = segment
  const author = from === undefined ? undefined : authors.indexOf(from)
  if (author === -1) return undefined
  if ((ms[0] ?? Infinity) >= beforeMs || (ms.at(-1) ?? -Infinity) < afterMs) return undefined
  return (message) => {
    const at = ms[message] ?? 0
    if (author !== undefined && authorOf[message] !== author) return false
    if (hasLink && ((flags[message] ?? 0) & flagsOf.hasLink) === 0) return false
    return at >= afterMs && at < beforeMs
  }
}
