import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import { logLimits, readingLimits } from '../../../shared/limits.ts'
import type { Privacy } from '../hearth.ts'
import type { LatePlace, LogId } from '../ports.ts'
import type { Mark } from './mark.ts'

/** A mark of whoever speaks. */
export interface ToldMark extends Mark {
  log: LogId
}

/** What two devices tell one another of their people (R2). Each message stands alone, and the same again changes nothing. */
export type ReadingMessage =
  /** So far my person has read. To a device of another person `late` holds places in that device's own feed only. */
  | { type: 'marks'; marks: readonly ToldMark[] }
  /** Whether my person lets others know when they were last here. */
  | { type: 'about'; lastSeen: boolean }
  /** To my person's other devices: what they have decided, and when. */
  | { type: 'privacy'; privacy: Privacy; decidedMs: number }
  /** I know more devices and rooms than before: tell me again. */
  | { type: 'ask' }

const types = { marks: 1, about: 2, privacy: 3, ask: 4 } as const
const logIdBytes = 16
const maxFeedId = 2 ** 52

export const encodeReadingMessage = (message: ReadingMessage): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, types[message.type])
  switch (message.type) {
    case 'marks':
      encoding.writeVarUint(encoder, message.marks.length)
      for (const { log, ms, counter, atMs, late } of message.marks) {
        encoding.writeUint8Array(encoder, fromBase64Url(log) ?? new Uint8Array(logIdBytes))
        for (const number of [ms, counter, atMs, late.length]) encoding.writeVarUint(encoder, number)
        for (const { feed, page, seq } of late)
          for (const number of [feed, page, seq]) encoding.writeVarUint(encoder, number)
      }
      break
    case 'about':
      encoding.writeUint8(encoder, Number(message.lastSeen))
      break
    case 'privacy': {
      const { receipts, typing, lastSeen } = message.privacy
      for (const isOn of [receipts, typing, lastSeen]) encoding.writeUint8(encoder, Number(isOn))
      encoding.writeVarUint(encoder, message.decidedMs)
      break
    }
    case 'ask':
      break
  }
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but one whole message within the limits. */
export const parseReadingMessage = (bytes: Uint8Array): ReadingMessage | undefined =>
  bytes.length > readingLimits.maxMessageBytes ? undefined : decodeWith(bytes, read)

const read = (reader: Reader): ReadingMessage | undefined => {
  switch (reader.uint8()) {
    case types.marks:
      return { type: 'marks', marks: reader.list(readingLimits.maxMarks, () => readMark(reader)) }
    case types.about: {
      const lastSeen = readSwitch(reader)
      return lastSeen === undefined ? undefined : { type: 'about', lastSeen }
    }
    case types.privacy: {
      const [receipts, typing, lastSeen] = [readSwitch(reader), readSwitch(reader), readSwitch(reader)]
      const decidedMs = reader.varUint(logLimits.maxClockMs)
      if (receipts === undefined || typing === undefined || lastSeen === undefined) return undefined
      return { type: 'privacy', privacy: { receipts, typing, lastSeen }, decidedMs }
    }
    case types.ask:
      return { type: 'ask' }
    default:
      return undefined
  }
}

const readMark = (reader: Reader): ToldMark => ({
  log: toBase64Url(reader.bytes(logIdBytes)) as LogId,
  ms: reader.varUint(logLimits.maxClockMs),
  counter: reader.varUint(logLimits.maxClockCounter),
  atMs: reader.varUint(logLimits.maxClockMs),
  late: reader.list(readingLimits.maxLate, (): LatePlace => ({
    feed: reader.varUint(maxFeedId),
    page: reader.varUint(logLimits.maxPageNumber),
    seq: reader.varUint(logLimits.maxEntriesPerFeed),
  })),
})

const readSwitch = (reader: Reader): boolean | undefined => {
  const byte = reader.uint8()
  return byte > 1 ? undefined : byte === 1
}
