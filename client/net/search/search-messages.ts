import * as v from 'valibot'
import { accountIdSchema } from '../../../shared/identifiers.ts'
import { logLimits, searchLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { LogId } from '../../core/ports.ts'

/** What page and worker say to one another: each message has a number, and some an answer with the same. */

const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max))
const bytes = v.custom<Bytes>(
  (value) => value instanceof Uint8Array && value.length <= searchLimits.maxIndexBytes,
)
const logId = v.custom<LogId>((value) => typeof value === 'string' && value.length <= 64)
const feed = count(2 ** 52)
const seq = count(logLimits.maxEntriesPerFeed)
const time = { ms: count(logLimits.maxClockMs), counter: count(logLimits.maxClockCounter) }
const text = v.pipe(v.string(), v.maxLength(logLimits.maxEntryBytes))
const position = v.strictObject({ feed, seq })

const saying = v.strictObject({ feed, seq, ...time, author: accountIdSchema, text, isFixed: v.boolean() })
const edit = v.strictObject({
  target: position,
  place: position,
  account: accountIdSchema,
  time: v.object(time),
  text,
})
const part = v.object({
  sayings: v.pipe(v.array(saying), v.maxLength(searchLimits.entriesAtOnce)),
  edits: v.pipe(v.array(edit), v.maxLength(searchLimits.entriesAtOnce)),
})
const covers = v.map(feed, seq)
const moment = v.exactOptional(v.pipe(v.number(), v.finite()))
const query = v.strictObject({
  words: v.pipe(v.string(), v.maxLength(searchLimits.maxQueryChars)),
  from: v.exactOptional(accountIdSchema),
  room: v.exactOptional(logId),
  afterMs: moment,
  beforeMs: moment,
  hasLink: v.exactOptional(v.boolean()),
  limit: count(searchLimits.maxHits),
})

const ofPage = { id: v.number(), place: v.object({ log: logId, page: count(logLimits.maxPageNumber) }) }

export const searchQuestionSchema = v.variant('call', [
  v.strictObject({ call: v.literal('put'), ...ofPage, index: bytes }),
  v.strictObject({ call: v.literal('add'), ...ofPage, part }),
  v.strictObject({ call: v.literal('gather'), ...ofPage, part, isFirst: v.boolean() }),
  v.strictObject({ call: v.literal('pack'), ...ofPage, covers }),
  v.strictObject({ call: v.literal('hide'), ...ofPage, position }),
  v.strictObject({ call: v.literal('drop'), ...ofPage }),
  v.strictObject({ call: v.literal('find'), id: v.number(), query, rooms: v.set(logId) }),
])
export type SearchQuestion = v.InferOutput<typeof searchQuestionSchema>

export const searchAnswerSchema = v.strictObject({ id: v.number(), outcome: v.unknown() })
export type SearchAnswer = v.InferOutput<typeof searchAnswerSchema>

/** What the calls that have an answer bring. */
export const coversSchema = v.optional(covers)
export const packedSchema = v.strictObject({ index: bytes, texts: bytes })
export const hitsSchema = v.strictObject({
  hits: v.pipe(
    v.array(
      v.strictObject({
        log: logId,
        key: v.strictObject({ ...time, feed, page: count(logLimits.maxPageNumber), seq }),
        author: accountIdSchema,
        isSimilar: v.boolean(),
        text: v.exactOptional(text),
      }),
    ),
    v.maxLength(searchLimits.maxHits),
  ),
  count: count(searchLimits.maxHits),
})
