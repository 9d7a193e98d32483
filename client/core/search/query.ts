import type { AccountId } from '../../../shared/identifiers.ts'
import { searchLimits } from '../../../shared/limits.ts'
import type { LogId, TimelineKey } from '../ports.ts'
import { splitWords } from './split-words.ts'

/** What somebody looks for. */
export interface SearchQuery {
  /** All of them must be in a message; the last may be the beginning of one. */
  words: string
  from?: AccountId
  room?: LogId
  /** From this moment on, in milliseconds since the epoch; and until before that one. */
  afterMs?: number
  beforeMs?: number
  hasLink?: boolean
  /** At most `searchLimits.maxHits`. */
  limit: number
}

/** A message that was found. */
export interface Hit {
  log: LogId
  key: TimelineKey
  author: AccountId
  /** It has not the words, but such as may have been meant. */
  isSimilar: boolean
  /** Of a message that has come since its page's index was made; of others it lies beside that. */
  text?: string
}

export interface Hits {
  /** First those that have the words, then those that have similar ones; each the newest first. */
  hits: readonly Hit[]
  /** How many there are, counted up to `searchLimits.maxHits`, which says "more than 99". */
  count: number
}

export const noHits: Hits = { hits: [], count: 0 }

/** The words of a question, folded, each once. */
export const termsOf = (words: string): string[] => {
  const all = splitWords(words.slice(0, searchLimits.maxQueryChars)).map(({ term }) => term)
  // The last one stays where it is, for it may be a beginning.
  return [...new Set(all.reverse())].reverse().slice(-searchLimits.maxQueryWords)
}

/** Whether there is anything to look for. */
export const asksSomething = ({ words, from, room, afterMs, beforeMs, hasLink }: SearchQuery): boolean =>
  termsOf(words).length > 0 ||
  hasLink === true ||
  [from, room, afterMs, beforeMs].some((filter) => filter !== undefined)
