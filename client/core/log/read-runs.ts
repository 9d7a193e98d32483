import { decodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import { logLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { FeedId } from '../ports.ts'

/** Elements that an update adds to the array of its own writer, one after the other. */
export interface ReadRun {
  feed: FeedId
  clock: number
  elements: Bytes[]
}

export type RunsProblem =
  | { type: 'notAnUpdate' }
  | { type: 'deletes' }
  | { type: 'notAnAppend'; feed: FeedId }
  | { type: 'tooManyFeeds' }
  | { type: 'feedTooLong'; feed: FeedId }

const contentCollected = 0
const contentDeleted = 1
const contentAny = 8
const hasOrigin = 0x80
const anyBytes = 116
const maxFeedId = 2 ** 52
const maxCount = 2 ** 53 - 1
/** A signature alone takes as much. */
const leastElementBytes = 64

/**
 * Reads a Yjs update (v1) that only appends, as Yjs writes it, and stops at the first byte that is anything else. Yjs' own reader makes
 * objects of all that is in an update before anybody can look: of 8 MiB more than a million documents, for which no browser has the memory.
 * It also takes the last block of a writer only, where a reader of structs sees two: so each writer has one here, and it is not empty.
 */
export const readRuns = (
  update: Uint8Array,
  maxWriters: number = logLimits.maxFeedsPerPage,
): Result<ReadRun[], RunsProblem> => {
  let problem: RunsProblem = { type: 'notAnUpdate' }
  const stop = (why: RunsProblem): undefined => {
    problem = why
    return undefined
  }
  const runs = decodeWith(update, (reader): ReadRun[] | undefined => {
    const read = new Map<FeedId, ReadRun>()
    const writers = reader.varUint(maxCount)
    if (writers > maxWriters) return stop({ type: 'tooManyFeeds' })
    for (let left = writers; left > 0; left--) {
      const structs = reader.varUint(maxCount)
      const feed = reader.varUint(maxFeedId)
      const run: ReadRun = { feed, clock: reader.varUint(maxCount), elements: [] }
      if (structs === 0 || read.has(feed)) return undefined
      read.set(feed, run)
      for (let rest = structs; rest > 0; rest--) {
        const at = run.clock + run.elements.length
        const wrong = problemOfPlace(reader, feed, at)
        if (wrong) return stop(wrong)
        const count = reader.varUint(maxCount)
        if (count === 0) return undefined
        if (at + count > logLimits.maxEntriesPerFeed) return stop({ type: 'feedTooLong', feed })
        for (let more = count; more > 0; more--) {
          const isBytes = reader.uint8() === anyBytes
          const element = isBytes ? reader.varBytes(logLimits.maxUpdateBytes) : undefined
          if (!element || element.length < leastElementBytes) return stop({ type: 'notAnAppend', feed })
          run.elements.push(element)
        }
      }
    }
    return reader.varUint(maxCount) > 0 ? stop({ type: 'deletes' }) : [...read.values()]
  })
  return runs ? ok(runs) : fail(problem)
}

/** What is wrong with a place that should be just after the entry before it; the first names its array instead. */
const problemOfPlace = (reader: Reader, feed: FeedId, clock: number): RunsProblem | undefined => {
  const info = reader.uint8()
  const kind = info & 0x1f
  if (kind === contentCollected || kind === contentDeleted) return { type: 'deletes' }
  const follows =
    clock > 0 &&
    info === (contentAny | hasOrigin) &&
    reader.varUint(maxFeedId) === feed &&
    reader.varUint(maxCount) === clock - 1
  const begins =
    clock === 0 &&
    info === contentAny &&
    reader.varUint(1) === 1 &&
    decodeUtf8(reader.varBytes(20)) === String(feed)
  return follows || begins ? undefined : { type: 'notAnAppend', feed }
}
