import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/identifiers.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { buildSegment } from './build-segment.ts'
import { encodePageTexts, parsePageTexts } from './page-texts.ts'
import { compareSayings, type Saying } from './saying.ts'
import { eachMessageOf, parseSegment } from './segment.ts'
import { splitWords } from './split-words.ts'
import { findTerm } from './term-list.ts'

const accounts = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => toBase64Url(new Uint8Array(bytes)) as AccountId)
const text = fc.oneof(
  fc
    .array(fc.constantFrom('lake', 'Größe', 'gestern', '今日は天気がいい', 'مرحبا', 'https://x.example/1'))
    .map((words) => words.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 60 }).filter((one) => !one.startsWith('\ufeff')),
)
const saying: fc.Arbitrary<Saying> = fc.record({
  feed: fc.integer({ min: 0, max: 2 ** 52 - 1 }),
  seq: fc.nat(65_535),
  ms: fc.nat({ max: 2 ** 46 }),
  counter: fc.nat(9),
  author: accounts,
  text,
  isFixed: fc.boolean(),
})
const sayings = fc.uniqueArray(saying, { maxLength: 30, selector: ({ feed, seq }) => `${feed} ${seq}` })
const covers = fc
  .dictionary(fc.nat(99).map(String), fc.nat(999))
  .map((lengths) => new Map(Object.entries(lengths).map(([feed, length]) => [Number(feed), length])))

test('ux 24: an index says of every word in which messages it stands, and of each whose, when and where', () => {
  fc.assert(
    fc.property(sayings, covers, (said, covered) => {
      const segment = parseSegment(buildSegment(said, covered))!
      expect(segment.covers).toEqual(covered)
      const sorted = said.toSorted(compareSayings)
      const read = sorted.map((_, message) => ({
        feed: segment.feeds[segment.feedOf[message]!],
        seq: segment.seqs[message],
        ms: segment.ms[message],
        counter: segment.counters[message],
        author: segment.authors[segment.authorOf[message]!],
      }))
      expect(read).toEqual(
        sorted.map(({ feed, seq, ms, counter, author }) => ({ feed, seq, ms, counter, author })),
      )
      const words = sorted.map((one) => new Set(splitWords(one.text).map(({ term }) => term)))
      for (const term of new Set(words.flatMap((of) => [...of]))) {
        const place = findTerm(segment.terms, term)
        expect(place.isIt).toBe(true)
        const messages: number[] = []
        eachMessageOf(segment, place.term, (message) => messages.push(message))
        expect(messages).toEqual([...words.keys()].filter((message) => words[message]!.has(term)))
      }
    }),
    { numRuns: 60 },
  )
})

test('ux 24: texts come back by the place of their message', () => {
  fc.assert(
    fc.property(sayings, (said) => {
      const texts = parsePageTexts(encodePageTexts(said))!
      for (const one of said) expect(texts.textAt(one)).toBe(one.text)
      expect(texts.textAt({ feed: 2 ** 52, seq: 0 })).toBeUndefined()
    }),
    { numRuns: 60 },
  )
})

test('ux 24: nothing from the disk is trusted: cut short, changed or made up, it is read as nothing or as something whole', () => {
  const readAll = (bytes: Uint8Array) => {
    const segment = parseSegment(bytes)
    if (segment)
      for (let term = 0; term < segment.terms.count; term++)
        eachMessageOf(segment, term, (message) => expect(message).toBeLessThan(segment.count))
    parsePageTexts(bytes)
  }
  fc.assert(
    fc.property(sayings, fc.nat(), fc.nat(255), (said, place, value) => {
      for (const whole of [buildSegment(said, new Map([[1, 2]])), encodePageTexts(said)]) {
        expect(parseSegment(whole.slice(0, place % whole.length))).toBeUndefined()
        expect(parsePageTexts(whole.slice(0, place % whole.length))).toBeUndefined()
        const changed = whole.slice()
        changed[place % whole.length] = value
        readAll(changed)
      }
    }),
    { numRuns: 100 },
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), readAll))
  readAll(encodeUtf8('no index'))
})
