import * as encoding from 'lib0/encoding'
import { logLimits, searchLimits } from '../../../shared/limits.ts'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import { maxFeedId } from '../log/erase-body.ts'
import type { PagePosition } from '../ports.ts'
import { decodeColumn, encodeColumn } from './columns.ts'
import { nameOfPosition, type Saying } from './saying.ts'

const version = 1

/** What the messages of a page say, apart from its index: needed only for the few that are shown. */
export interface PageTexts {
  textAt(position: PagePosition): string | undefined
}

export const encodePageTexts = (said: Iterable<Saying>): Bytes => {
  const sayings = [...said].slice(0, searchLimits.maxMessages)
  const texts = sayings.map(({ text }) => encodeUtf8(text))
  const encoder = encoding.createEncoder()
  const feeds = [...new Set(sayings.map(({ feed }) => feed))]
  const placeOfFeed = new Map(feeds.map((feed, place) => [feed, place]))
  encoding.writeUint8(encoder, version)
  encoding.writeVarUint(encoder, feeds.length)
  for (const feed of feeds) encoding.writeVarUint(encoder, feed)
  encoding.writeVarUint(encoder, sayings.length)
  for (const column of [
    sayings.map(({ feed }) => placeOfFeed.get(feed) ?? 0),
    sayings.map(({ seq }) => seq),
    texts.map(({ length }) => length),
  ])
    encoding.writeVarUint8Array(encoder, encodeColumn(column))
  encoding.writeVarUint(
    encoder,
    texts.reduce((sum, { length }) => sum + length, 0),
  )
  for (const text of texts) encoding.writeUint8Array(encoder, text)
  return copyBytes(encoding.toUint8Array(encoder))
}

export const parsePageTexts = (bytes: Uint8Array): PageTexts | undefined =>
  bytes.length > searchLimits.maxIndexBytes
    ? undefined
    : decodeWith(bytes, (reader) => {
        if (reader.uint8() !== version) return undefined
        const feeds = reader.list(logLimits.maxFeedsPerPage, () => reader.varUint(maxFeedId))
        const count = reader.varUint(searchLimits.maxMessages)
        const feedOf = new Uint16Array(count)
        const seqs = new Uint32Array(count)
        const lengths = new Uint32Array(count)
        const column = () => reader.varBytes(searchLimits.maxIndexBytes)
        const areWhole =
          decodeColumn(column(), feedOf, feeds.length - 1) &&
          decodeColumn(column(), seqs, logLimits.maxEntriesPerFeed) &&
          decodeColumn(column(), lengths, searchLimits.maxIndexBytes)
        const texts = reader.varBytes(searchLimits.maxIndexBytes)
        if (!areWhole || lengths.reduce((sum, length) => sum + length, 0) !== texts.length) return undefined
        return openTexts({ feeds, feedOf, seqs, lengths, texts })
      })

const openTexts = (of: {
  feeds: readonly number[]
  feedOf: Uint16Array
  seqs: Uint32Array
  lengths: Uint32Array
  texts: Uint8Array
}): PageTexts => {
  const placeOf = new Map<string, { start: number; end: number }>()
  let start = 0
  for (const [index, length] of of.lengths.entries()) {
    const position = { feed: of.feeds[of.feedOf[index] ?? 0] ?? 0, seq: of.seqs[index] ?? 0 }
    placeOf.set(nameOfPosition(position), { start, end: start + length })
    start += length
  }
  return {
    textAt(position) {
      const place = placeOf.get(nameOfPosition(position))
      return place && decodeUtf8(of.texts.subarray(place.start, place.end))
    },
  }
}
