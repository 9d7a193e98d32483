import * as Y from 'yjs'
import type { FeedHead, FrozenFeed, Holding, LogId, PagePosition, TimelineKey } from '../core/ports.ts'
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
  /** Id of the key that its rows are sealed with; absent where there are none. */
  key?: string
  /** Husks whose bodies are wanted back (P4). */
  missed?: readonly PagePosition[]
  /** Something in it is pinned, or was. */
  hasPins?: boolean
  /** Feeds of which nothing more is taken (P6). */
  frozen?: readonly FrozenFeed[]
  /** Digests of states in which it was dropped (P8). */
  dropped?: readonly Uint8Array<ArrayBuffer>[]
  /** What could not be read of it was written over when something in it was erased, or nothing says how long its feeds were. */
  isDamaged?: boolean
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

const isPosition = (value: unknown): value is PagePosition =>
  isRecord(value) && isCount(value.feed) && isCount(value.seq)

const isFrozenFeed = (value: unknown): value is FrozenFeed =>
  isRecord(value) &&
  isPosition(value) &&
  typeof value.device === 'string' &&
  value.hash instanceof Uint8Array &&
  value.hash.length === 32 &&
  isCount(value.ms) &&
  value.proof instanceof Uint8Array

const isListOf = (value: unknown, isOne: (one: unknown) => boolean): boolean =>
  value === undefined || (Array.isArray(value) && value.every(isOne))

export const isPageRow = (value: unknown): value is PageRow =>
  isRecord(value) &&
  typeof value.log === 'string' &&
  isCount(value.page) &&
  isCount(value.messageCount) &&
  isCount(value.journalStart) &&
  isCount(value.journalEnd) &&
  Array.isArray(value.heads) &&
  value.heads.every(isHead) &&
  (value.key === undefined || typeof value.key === 'string') &&
  isListOf(value.missed, isPosition) &&
  isListOf(value.frozen, isFrozenFeed) &&
  isListOf(value.dropped, (digest) => digest instanceof Uint8Array)

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
