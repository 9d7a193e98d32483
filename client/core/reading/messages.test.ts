import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { logLimits, readingLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import { encodeReadingMessage, parseReadingMessage, type ReadingMessage, type ToldMark } from './messages.ts'

const anyMs = fc.integer({ min: 0, max: logLimits.maxClockMs })
const anyMark: fc.Arbitrary<ToldMark> = fc.record({
  log: fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => toBase64Url(new Uint8Array(bytes)) as LogId),
  ms: anyMs,
  counter: fc.nat({ max: logLimits.maxClockCounter }),
  atMs: anyMs,
  late: fc.array(
    fc.record({
      feed: fc.integer({ min: 0, max: 2 ** 52 }),
      page: fc.integer({ min: 0, max: logLimits.maxPageNumber }),
      seq: fc.integer({ min: 0, max: logLimits.maxEntriesPerFeed }),
    }),
    { maxLength: 4 },
  ),
})
const anyMessage: fc.Arbitrary<ReadingMessage> = fc.oneof(
  fc.record({ type: fc.constant('marks' as const), marks: fc.array(anyMark, { maxLength: 5 }) }),
  fc.record({ type: fc.constant('about' as const), lastSeen: fc.boolean() }),
  fc.record({
    type: fc.constant('privacy' as const),
    privacy: fc.record({ receipts: fc.boolean(), typing: fc.boolean(), lastSeen: fc.boolean() }),
    decidedMs: anyMs,
  }),
  fc.constant({ type: 'ask' as const }),
)

test('R2: a message comes out as it went in', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      expect(parseReadingMessage(encodeReadingMessage(message))).toEqual(message)
    }),
  )
})

test('R2: cut short, with something left over, or garbage: none', () => {
  fc.assert(
    fc.property(anyMessage, fc.nat(), (message, cut) => {
      const bytes = encodeReadingMessage(message)
      expect(parseReadingMessage(bytes.slice(0, cut % bytes.length))).toBeUndefined()
      expect(parseReadingMessage(Uint8Array.of(...bytes, 0))).toBeUndefined()
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const parsed = parseReadingMessage(new Uint8Array(bytes))
      if (parsed) expect(parseReadingMessage(encodeReadingMessage(parsed))).toEqual(parsed)
    }),
  )
})

test('R2: more marks, later places or bytes than any honest device says are none', () => {
  const mark: ToldMark = {
    log: toBase64Url(new Uint8Array(16)) as LogId,
    ms: 1,
    counter: 0,
    atMs: 1,
    late: [],
  }
  const marks = (count: number, late = 0): Uint8Array<ArrayBuffer> =>
    encodeReadingMessage({
      type: 'marks',
      marks: Array.from({ length: count }, () => ({
        ...mark,
        late: Array.from({ length: late }, (_, page) => ({ feed: 2 ** 50, page, seq: 1 })),
      })),
    })
  const { maxMarks, maxLate, maxMessageBytes } = readingLimits
  expect(parseReadingMessage(marks(maxMarks))).toBeDefined()
  expect(parseReadingMessage(marks(maxMarks + 1))).toBeUndefined()
  expect(parseReadingMessage(marks(1, maxLate))).toBeDefined()
  expect(parseReadingMessage(marks(1, maxLate + 1))).toBeUndefined()
  expect(marks(maxMarks, maxLate).length).toBeGreaterThan(maxMessageBytes)
  expect(parseReadingMessage(marks(maxMarks, maxLate))).toBeUndefined()
  expect(parseReadingMessage(Uint8Array.of(2, 2)), 'a switch is on or off').toBeUndefined()
  expect(parseReadingMessage(Uint8Array.of(9))).toBeUndefined()
})
