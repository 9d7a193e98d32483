import * as encoding from 'lib0/encoding'
import { logLimits, readingLimits } from '../../../shared/limits.ts'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, equalBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import { digestBytes } from '../log/digest.ts'
import { markBytes } from '../log/forks.ts'
import type { FeedId, LogId, PagePosition } from '../ports.ts'

/** What two devices say on the pages channel (Y2–Y4). Each message stands alone, so any may be lost with its Link. */
export type SyncMessage =
  /** Digest of all I hold. */
  | { type: 'root'; digest: Bytes }
  /** Our roots differ: digests of my logs. */
  | { type: 'logs'; logs: { log: LogId; digest: Bytes }[] }
  /** I know this log and have nothing of it: tell me your pages. */
  | { type: 'want'; log: LogId }
  /** This log differs: digests of my pages of it. */
  | { type: 'pages'; log: LogId; pages: { page: number; digest: Bytes }[] }
  /**
   * This page differs: how far I have its feeds (y-protocols' step 1, a Yjs state vector), with the beginning of each newest entry's hash
   * (P6), and of which entries there I have only the husk and want the body (P4). Send me the rest.
   */
  | {
      type: 'have'
      log: LogId
      page: number
      lengths: Map<FeedId, number>
      /** `markBytes` each; none of a feed of which only a part counts. */
      hashes?: Map<FeedId, Bytes>
      missed?: PagePosition[]
    }
  /** Entries, as a Yjs update (y-protocols' step 2, and every new entry). */
  | { type: 'entries'; log: LogId; page: number; update: Bytes }
  /** That was my answer to your `have`; `more` says that it was cut short, and asking again brings the rest. */
  | { type: 'served'; log: LogId; page: number; more: boolean }
  /** On my disk, of your feed in this page: so many entries (Y4). */
  | { type: 'stored'; log: LogId; page: number; length: number }
  /**
   * What you have of this feed does not follow what I have (P6): here are marks of all my entries of it, `markBytes` each. Send me your first
   * that is another.
   */
  | { type: 'trace'; log: LogId; page: number; feed: FeedId; marks: Bytes }
  /** Somebody wrote two entries for one place: the proof (P6). */
  | { type: 'fork'; proof: Bytes }
  /** How far people have read, and what they let others know: for `reading/messages.ts` (R2). */
  | { type: 'reading'; body: Bytes }

const types = {
  root: 1,
  logs: 2,
  pages: 3,
  have: 4,
  entries: 5,
  stored: 6,
  served: 7,
  want: 8,
  trace: 9,
  fork: 10,
  reading: 11,
} as const
const logIdBytes = 16
const noHash: Bytes = new Uint8Array(markBytes)
const maxFeedId = 2 ** 52

export const encodeSyncMessage = (message: SyncMessage): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, types[message.type])
  if ('log' in message) writeLogId(encoder, message.log)
  if ('page' in message) encoding.writeVarUint(encoder, message.page)
  switch (message.type) {
    case 'want':
      break
    case 'root':
      encoding.writeUint8Array(encoder, message.digest)
      break
    case 'logs':
      encoding.writeVarUint(encoder, message.logs.length)
      for (const { log, digest } of message.logs) {
        writeLogId(encoder, log)
        encoding.writeUint8Array(encoder, digest)
      }
      break
    case 'pages':
      encoding.writeVarUint(encoder, message.pages.length)
      for (const { page, digest } of message.pages) {
        encoding.writeVarUint(encoder, page)
        encoding.writeUint8Array(encoder, digest)
      }
      break
    case 'have':
      encoding.writeVarUint(encoder, message.lengths.size)
      for (const [feed, length] of message.lengths) {
        encoding.writeVarUint(encoder, feed)
        encoding.writeVarUint(encoder, length)
        encoding.writeUint8Array(encoder, message.hashes?.get(feed) ?? noHash)
      }
      encoding.writeVarUint(encoder, message.missed?.length ?? 0)
      for (const { feed, seq } of message.missed ?? []) {
        encoding.writeVarUint(encoder, feed)
        encoding.writeVarUint(encoder, seq)
      }
      break
    case 'entries':
      encoding.writeVarUint8Array(encoder, message.update)
      break
    case 'served':
      encoding.writeUint8(encoder, message.more ? 1 : 0)
      break
    case 'stored':
      encoding.writeVarUint(encoder, message.length)
      break
    case 'trace':
      encoding.writeVarUint(encoder, message.feed)
      encoding.writeVarUint8Array(encoder, message.marks)
      break
    case 'fork':
      encoding.writeVarUint8Array(encoder, message.proof)
      break
    case 'reading':
      encoding.writeVarUint8Array(encoder, message.body)
      break
  }
  return copyBytes(encoding.toUint8Array(encoder))
}

const writeLogId = (encoder: encoding.Encoder, log: LogId) =>
  encoding.writeUint8Array(encoder, fromBase64Url(log) ?? new Uint8Array(logIdBytes))

/** For whoever counts what page sync costs. */
export const isOfReading = (bytes: Uint8Array): boolean => bytes[0] === types.reading

/** Undefined for anything but one whole message within the limits. */
export const parseSyncMessage = (bytes: Uint8Array): SyncMessage | undefined => decodeWith(bytes, read)

const read = (reader: Reader): SyncMessage | undefined => {
  const digest = () => reader.bytes(digestBytes)
  const logId = () => toBase64Url(reader.bytes(logIdBytes)) as LogId
  const pageNumber = () => reader.varUint(logLimits.maxPageNumber)
  const length = () => reader.varUint(logLimits.maxEntriesPerFeed)
  switch (reader.uint8()) {
    case types.root:
      return { type: 'root', digest: digest() }
    case types.logs:
      return {
        type: 'logs',
        logs: reader.list(logLimits.maxLogsPerDigest, () => ({ log: logId(), digest: digest() })),
      }
    case types.want:
      return { type: 'want', log: logId() }
    case types.pages: {
      const log = logId()
      const readPage = () => ({ page: pageNumber(), digest: digest() })
      return { type: 'pages', log, pages: reader.list(logLimits.maxPagesPerDigest, readPage) }
    }
    case types.have: {
      const place = { log: logId(), page: pageNumber() }
      const hashes = new Map<FeedId, Bytes>()
      const readLength = (): [FeedId, number] => {
        const one: [FeedId, number] = [reader.varUint(maxFeedId), length()]
        const hash = reader.bytes(markBytes)
        if (!equalBytes(hash, noHash)) hashes.set(one[0], hash)
        return one
      }
      const lengths = new Map(reader.list(logLimits.maxFeedsPerPage, readLength))
      const readMissed = (): PagePosition => ({ feed: reader.varUint(maxFeedId), seq: length() })
      const missed = reader.list(logLimits.maxMissedAsked, readMissed)
      return { type: 'have', ...place, lengths, hashes, missed }
    }
    case types.entries:
      return {
        type: 'entries',
        log: logId(),
        page: pageNumber(),
        update: reader.varBytes(logLimits.maxUpdateBytes),
      }
    case types.stored:
      return { type: 'stored', log: logId(), page: pageNumber(), length: length() }
    case types.served:
      return { type: 'served', log: logId(), page: pageNumber(), more: reader.uint8() === 1 }
    case types.trace: {
      const place = { log: logId(), page: pageNumber(), feed: reader.varUint(maxFeedId) }
      const marks = reader.varBytes(logLimits.maxEntriesPerFeed * markBytes)
      return marks.length % markBytes === 0 ? { type: 'trace', ...place, marks } : undefined
    }
    case types.fork:
      return { type: 'fork', proof: reader.varBytes(logLimits.maxForkProofBytes) }
    case types.reading:
      return { type: 'reading', body: reader.varBytes(readingLimits.maxMessageBytes) }
    default:
      return undefined
  }
}
