import * as encoding from 'lib0/encoding'
import { searchLimits } from '../../../shared/limits.ts'
import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { createColumnWriter, encodeColumn } from './columns.ts'
import { compareSayings, type Covers, type Saying } from './saying.ts'
import { accountBytes, flagsOf, segmentVersion } from './segment.ts'
import { eachWord } from './split-words.ts'
import { encodeTerms } from './term-list.ts'

const link = /\b(?:https?:\/\/|mailto:)[^\s]/iu

/** Makes the index of what a page says; `parseSegment` reads it. */
export const buildSegment = (said: Iterable<Saying>, covers: Covers): Bytes => {
  const sayings = [...said].sort(compareSayings).slice(0, searchLimits.maxMessages)
  const feeds = [...new Set(sayings.map(({ feed }) => feed))]
  const authors = [...new Set(sayings.map(({ author }) => author))]
  const placeOfFeed = new Map(feeds.map((feed, place) => [feed, place]))
  const placeOfAuthor = new Map(authors.map((author, place) => [author, place]))

  const encoder = encoding.createEncoder()
  const write = (bytes: Bytes) => encoding.writeVarUint8Array(encoder, bytes)
  encoding.writeUint8(encoder, segmentVersion)
  encoding.writeVarUint(encoder, covers.size)
  for (const [feed, length] of covers) {
    encoding.writeVarUint(encoder, feed)
    encoding.writeVarUint(encoder, length)
  }
  encoding.writeVarUint(encoder, feeds.length)
  for (const feed of feeds) encoding.writeVarUint(encoder, feed)
  encoding.writeVarUint(encoder, authors.length)
  for (const author of authors)
    encoding.writeUint8Array(encoder, fromBase64Url(author) ?? new Uint8Array(accountBytes))
  encoding.writeVarUint(encoder, sayings.length)
  write(encodeColumn(sayings.map(({ feed }) => placeOfFeed.get(feed) ?? 0)))
  write(encodeColumn(sayings.map(({ seq }) => seq)))
  write(encodeColumn(sayings.map(({ ms }, index) => ms - (sayings[index - 1]?.ms ?? 0))))
  write(encodeColumn(sayings.map(({ counter }) => counter)))
  write(encodeColumn(sayings.map(({ author }) => placeOfAuthor.get(author) ?? 0)))
  write(encodeColumn(sayings.map(({ text }) => (link.test(text) ? flagsOf.hasLink : 0))))
  const postings = postingsOf(sayings)
  const terms = [...postings.keys()].sort(byUnits)
  encoding.writeVarUint(encoder, terms.length)
  for (const column of encodeTerms(terms)) write(column)
  const lengths = createColumnWriter()
  const steps = createColumnWriter()
  for (const term of terms) {
    const start = steps.length
    let before = -1
    for (const message of postings.get(term) ?? []) {
      steps.add(message - before)
      before = message
    }
    lengths.add(steps.length - start)
  }
  write(lengths.bytes())
  write(steps.bytes())
  return copyBytes(encoding.toUint8Array(encoder))
}

/** As `<` has it, which no language's order is. */
const byUnits = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

const postingsOf = (sayings: readonly Saying[]): Map<string, number[]> => {
  const postings = new Map<string, number[]>()
  for (const [message, { text }] of sayings.entries()) {
    let words = 0
    eachWord(text, (term) => {
      const known = postings.get(term)
      if (known?.at(-1) === message || words++ >= searchLimits.maxWordsPerMessage) return
      if (known) known.push(message)
      else postings.set(term, [message])
    })
  }
  return postings
}
