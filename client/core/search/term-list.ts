import { searchLimits } from '../../../shared/limits.ts'
import { decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { Reader } from '../../../shared/decoding.ts'
import { decodeColumn, encodeColumn } from './columns.ts'

/**
 * The words of a page in the order of their UTF-16 units, each as what it has in common with the one before and what is added. It stays so in
 * memory: a room of a million messages would have millions of strings.
 */
export interface TermList {
  count: number
  shared: Uint8Array
  added: Uint8Array
  /** What is added by each, one after the other. */
  letters: Uint16Array
  /** Of every `stride`-th term the whole, and where its letters begin. */
  heads: readonly string[]
  headStarts: Uint32Array
}

const stride = 16
const { maxWordChars, maxTermsPerPage, maxIndexBytes } = searchLimits

/** Three columns: units in common, units added, and these units. The terms are sorted and differ. */
export const encodeTerms = (terms: readonly string[]): Bytes[] => {
  const shared = terms.map((term, index) => sharedStart(terms[index - 1] ?? '', term))
  const added = terms.map((term, index) => term.slice(shared[index]))
  return [encodeColumn(shared), encodeColumn(added.map(({ length }) => length)), encodeUtf8(added.join(''))]
}

/** The same without a detour over bytes; undefined for words that are out of order or too long. */
export const listTerms = (terms: readonly string[]): TermList | undefined => {
  const shared = terms.map((term, index) => sharedStart(terms[index - 1] ?? '', term))
  const letters = terms.map((term, index) => term.slice(shared[index])).join('')
  const added = terms.map(({ length }, index) => length - (shared[index] ?? 0))
  return indexTerms(terms.length, Uint8Array.from(shared), Uint8Array.from(added), unitsOf(letters))
}

const unitsOf = (text: string): Uint16Array => {
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at)
  return units
}

/** How many units two words begin with alike; no character is torn apart. */
const sharedStart = (before: string, term: string): number => {
  let length = 0
  while (length < before.length && before.charCodeAt(length) === term.charCodeAt(length)) length++
  const last = term.charCodeAt(length - 1)
  return last >= 0xd800 && last <= 0xdbff ? length - 1 : length
}

export const readTerms = (reader: Reader): TermList | undefined => {
  const count = reader.varUint(maxTermsPerPage)
  const shared = new Uint8Array(count)
  const added = new Uint8Array(count)
  const areWhole =
    decodeColumn(reader.varBytes(maxIndexBytes), shared, maxWordChars) &&
    decodeColumn(reader.varBytes(maxIndexBytes), added, maxWordChars)
  const text = decodeUtf8(reader.varBytes(maxIndexBytes))
  if (!areWhole || text === undefined) return undefined
  return indexTerms(count, shared, added, unitsOf(text))
}

/** Undefined where they are out of order, too long, or not what the letters come to. */
const indexTerms = (
  count: number,
  shared: Uint8Array,
  added: Uint8Array,
  letters: Uint16Array,
): TermList | undefined => {
  const heads: string[] = []
  const headStarts = new Uint32Array(Math.ceil(count / stride))
  const word = new Uint16Array(maxWordChars)
  let length = 0
  let at = 0
  for (let term = 0; term < count; term++) {
    const kept = shared[term] ?? 0
    const more = added[term] ?? 0
    if (more === 0 || kept > length || kept + more > maxWordChars || at + more > letters.length)
      return undefined
    if (kept < length && (letters[at] ?? 0) <= (word[kept] ?? 0) && !isTorn(word, kept, letters, at))
      return undefined
    for (let letter = 0; letter < more; letter++) word[kept + letter] = letters[at + letter] ?? 0
    length = kept + more
    if (term % stride === 0) {
      headStarts[heads.length] = at
      heads.push(String.fromCharCode(...word.subarray(0, length)))
    }
    at += more
  }
  return at === letters.length ? { count, shared, added, letters, heads, headStarts } : undefined
}

/** Two characters beyond the first 65,536 may begin with the same half, which is then not left out. */
const isTorn = (word: Uint16Array, kept: number, letters: Uint16Array, at: number): boolean =>
  letters[at] === word[kept] && (letters[at + 1] ?? 0) > (word[kept + 1] ?? 0)

/** Calls for each term from `from` on, as it stands in `word` up to `length`, until `visit` answers false. */
const walk = (
  { count, shared, added, letters, heads, headStarts }: TermList,
  from: number,
  visit: (term: number, word: Uint16Array, length: number) => boolean,
): void => {
  const block = Math.floor(from / stride)
  const word = new Uint16Array(maxWordChars)
  const head = heads[block] ?? ''
  for (let at = 0; at < head.length; at++) word[at] = head.charCodeAt(at)
  let at = headStarts[block] ?? 0
  for (let term = block * stride; term < count; term++) {
    const kept = shared[term] ?? 0
    const more = added[term] ?? 0
    for (let letter = 0; letter < more; letter++) word[kept + letter] = letters[at + letter] ?? 0
    at += more
    if (term >= from && !visit(term, word, kept + more)) return
  }
}

/** The first term that is not before `wanted`, and whether it is `wanted`. */
export const findTerm = (terms: TermList, wanted: string): { term: number; isIt: boolean } => {
  let low = 0
  let high = terms.heads.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((terms.heads[middle] ?? '') <= wanted) low = middle + 1
    else high = middle
  }
  let found = { term: terms.count, isIt: false }
  walk(terms, Math.max(0, low - 1) * stride, (term, word, length) => {
    const order = compareUnits(word, length, wanted)
    if (order < 0) return true
    found = { term, isIt: order === 0 }
    return false
  })
  return found
}

const compareUnits = (word: Uint16Array, length: number, wanted: string): number => {
  const both = Math.min(length, wanted.length)
  for (let at = 0; at < both; at++) {
    const difference = (word[at] ?? 0) - wanted.charCodeAt(at)
    if (difference !== 0) return difference
  }
  return length - wanted.length
}

/** The terms that begin so: from the first, until before the last. */
export const findBeginning = (terms: TermList, beginning: string): { from: number; to: number } => ({
  from: findTerm(terms, beginning).term,
  // No word has it, and it is after all that words have.
  to: findTerm(terms, `${beginning}\uffff`).term,
})
