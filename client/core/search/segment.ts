import type { AccountId } from '../../../shared/identifiers.ts'
import { logLimits, searchLimits } from '../../../shared/limits.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import { maxFeedId } from '../log/erase-body.ts'
import type { FeedId } from '../ports.ts'
import { decodeColumn } from './columns.ts'
import type { Covers } from './saying.ts'
import { readTerms, type TermList } from './term-list.ts'

export const segmentVersion = 1
export const accountBytes = 32
export const flagsOf = { hasLink: 1, hasFile: 2 } as const

/**
 * The index of one page: which words stand in which of its messages. It is derived from the page and may be thrown away at any time. A message
 * goes by its number, from 0, in the order of time.
 */
export interface Segment {
  covers: Covers
  /** How many messages. */
  count: number
  feeds: readonly FeedId[]
  authors: readonly AccountId[]
  /** Of each message: which of `feeds`, where in it, when, which of `authors`, and `flagsOf`. */
  feedOf: Uint16Array
  seqs: Uint32Array
  ms: Float64Array
  counters: Uint16Array
  authorOf: Uint16Array
  flags: Uint8Array
  terms: TermList
  /** Where the messages of a term end in `postings`; those of the next begin there. */
  postingEnds: Uint32Array
  /** Of each term the numbers of its messages, upwards: the first, then by how much the next is more. */
  postings: Uint8Array
}

/** Undefined for anything but a whole index: nothing that a query reads later is outside of it. */
export const parseSegment = (bytes: Uint8Array): Segment | undefined =>
  bytes.length > searchLimits.maxIndexBytes ? undefined : decodeWith(bytes, readSegment)

const readSegment = (reader: Reader): Segment | undefined => {
  if (reader.uint8() !== segmentVersion) return undefined
  const covers = new Map(
    reader.list(
      logLimits.maxFeedsPerPage,
      () => [reader.varUint(maxFeedId), reader.varUint(logLimits.maxEntriesPerFeed)] as const,
    ),
  )
  const feeds = reader.list(logLimits.maxFeedsPerPage, () => reader.varUint(maxFeedId))
  const authors = reader.list(
    logLimits.maxFeedsPerPage,
    () => toBase64Url(reader.bytes(accountBytes)) as AccountId,
  )
  const count = reader.varUint(searchLimits.maxMessages)
  const column = () => reader.varBytes(searchLimits.maxIndexBytes)
  const feedOf = new Uint16Array(count)
  const seqs = new Uint32Array(count)
  const ms = new Float64Array(count)
  const counters = new Uint16Array(count)
  const authorOf = new Uint16Array(count)
  const flags = new Uint8Array(count)
  const areWhole =
    decodeColumn(column(), feedOf, feeds.length - 1) &&
    decodeColumn(column(), seqs, logLimits.maxEntriesPerFeed) &&
    decodeColumn(column(), ms, logLimits.maxClockMs) &&
    decodeColumn(column(), counters, logLimits.maxClockCounter) &&
    decodeColumn(column(), authorOf, authors.length - 1) &&
    decodeColumn(column(), flags, 0xff)
  if (!areWhole || !addUp(ms, logLimits.maxClockMs)) return undefined
  const terms = readTerms(reader)
  const postings = terms && readPostings(reader, terms.count, count)
  return (
    postings && {
      covers,
      count,
      feeds,
      authors,
      feedOf,
      seqs,
      ms,
      counters,
      authorOf,
      flags,
      terms,
      ...postings,
    }
  )
}

/** Each is by how much it is more than the one before. */
const addUp = (numbers: Float64Array | Uint32Array, max: number): boolean => {
  let sum = 0
  for (let index = 0; index < numbers.length; index++) {
    sum += numbers[index] ?? 0
    if (sum > max) return false
    numbers[index] = sum
  }
  return true
}

const readPostings = (
  reader: Reader,
  termCount: number,
  count: number,
): Pick<Segment, 'postingEnds' | 'postings'> | undefined => {
  const postingEnds = new Uint32Array(termCount)
  const areWhole = decodeColumn(
    reader.varBytes(searchLimits.maxIndexBytes),
    postingEnds,
    searchLimits.maxIndexBytes,
  )
  const postings = reader.varBytes(searchLimits.maxIndexBytes)
  if (!areWhole || !addUp(postingEnds, postings.length)) return undefined
  if ((postingEnds.at(-1) ?? 0) !== postings.length) return undefined
  let start = 0
  for (const end of postingEnds) {
    if (!isPostingList(postings, start, end, count)) return undefined
    start = end
  }
  return { postingEnds, postings }
}

const isPostingList = (postings: Uint8Array, start: number, end: number, count: number): boolean => {
  let at = start
  let message = -1
  while (at < end) {
    let step = 0
    let shift = 0
    for (;;) {
      const byte = at < end ? postings[at++] : undefined
      if (byte === undefined || shift > 21) return false
      step |= (byte & 0x7f) << shift
      if (byte < 0x80) break
      shift += 7
    }
    message += step
    if (step < 1 || message >= count) return false
  }
  return end > start
}

/** Calls for each message of a term, upwards. What `parseSegment` let through is whole. */
export const eachMessageOf = (
  { postings, postingEnds }: Segment,
  term: number,
  visit: (message: number) => void,
): void => {
  const end = postingEnds[term] ?? 0
  let at = term > 0 ? (postingEnds[term - 1] ?? 0) : 0
  let message = -1
  while (at < end) {
    let byte = postings[at++] ?? 0
    let step = byte & 0x7f
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = postings[at++] ?? 0
      step |= (byte & 0x7f) << shift
    }
    message += step
    visit(message)
  }
}
