import * as Y from 'yjs'
import type { FeedHead, Holding, LogId, TimelineKey } from '../core/ports.ts'
import type { HearthSchema } from './database.ts'

/** Rows as they lie on the disk. They are checked by hand: thousands are read before the first sync. */

export interface PageRow {
  log: LogId
  page: number
  messageCount: number
  heads: FeedHead[]
  /** The journal's rows are journalStart ≤ row < journalEnd. */
  journalStart: number
  journalEnd: number
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

const isHead = (value: unknown): value is FeedHead =>
  isRecord(value) &&
  isCount(value.feed) &&
  typeof value.device === 'string' &&
  isCount(value.length) &&
  value.hash instanceof Uint8Array &&
  value.hash.length === 32

export const isPageRow = (value: unknown): value is PageRow =>
  isRecord(value) &&
  typeof value.log === 'string' &&
  isCount(value.page) &&
  isCount(value.messageCount) &&
  isCount(value.journalStart) &&
  isCount(value.journalEnd) &&
  Array.isArray(value.heads) &&
  value.heads.every(isHead)

export const isHolding = (value: unknown): value is Holding =>
  isRecord(value) &&
  typeof value.log === 'string' &&
  isCount(value.page) &&
  typeof value.holder === 'string' &&
  isCount(value.length)

/** Bytes that Yjs can decode: applying them will not throw. */
export const isUpdate = (value: unknown): value is Uint8Array<ArrayBuffer> => {
  if (!(value instanceof Uint8Array)) return false
  try {
    Y.decodeUpdate(value)
    return true
  } catch {
    return false
  }
}

type TimelineRowKey = HearthSchema['timeline']['key']

/** Negated, so that the newest come first and one getAllKeys, which only goes upwards, reads a screen. */
export const toRowKey = (log: LogId, key: TimelineKey): TimelineRowKey => [
  log,
  -key.ms,
  -key.counter,
  -key.feed,
  -key.page,
  -key.seq,
]

// `0 -` and not `-`: a zero must not come back as minus zero.
export const fromRowKey = ([, ms, counter, feed, page, seq]: TimelineRowKey): TimelineKey => ({
  ms: 0 - ms,
  counter: 0 - counter,
  feed: 0 - feed,
  page: 0 - page,
  seq: 0 - seq,
})

/** Every key that begins with `prefix`: an array sorts after all numbers and strings. */
export const startingWith = (prefix: (string | number)[]): IDBKeyRange =>
  IDBKeyRange.bound(prefix, [...prefix, []])
