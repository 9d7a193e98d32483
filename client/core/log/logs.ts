import type { DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Device } from '../identity/device.ts'
import type { FeedId, LogId, LogStore, StoreProblem, TimelineKey } from '../ports.ts'
import { encodeAppend } from './append-update.ts'
import type { BodyCipher } from './body-cipher.ts'
import type { EntryKind } from './entry.ts'
import { appendEntry, type SignedEntry } from './feed.ts'
import { judgeUpdate, type Admission, type Refusal } from './gate.ts'
import type { HybridClock } from './hybrid-clock.ts'
import { createOpenPages } from './open-pages.ts'
import { countMessages, type Page } from './page.ts'
import { readPageLengths, type Lengths } from './page-lengths.ts'
import { createSerial, type Serial } from './serial.ts'

/** An entry that shows on a timeline, with its body opened. */
export interface ReadEntry {
  key: TimelineKey
  author: DeviceId
  kind: EntryKind
  /** Undefined where this device cannot open it. */
  body: Bytes | undefined
}

/** Entries that have just become part of this device's pages: on the disk and in memory. */
export interface Arrival {
  log: LogId
  page: number
  update: Bytes
  entries: readonly ReadEntry[]
  /** The device whose Link brought them; undefined for one's own. */
  from: DeviceId | undefined
}

export type Reception =
  | { type: 'admitted' | 'known' | 'gap' | 'unknownLog' }
  | { type: 'refused'; why: Refusal }
  | { type: 'notStored'; problem: StoreProblem }

/** The logs of all rooms: the one way to write to them, to read them and to take from others. */
export interface Logs {
  /** Resolves when the entry is on the disk; `onWritten` is called then too, before any listener hears of it. */
  append(
    log: LogId,
    kind: EntryKind,
    body: Bytes,
    onWritten?: (key: TimelineKey) => void,
  ): Promise<Result<void, StoreProblem>>
  receive(log: LogId, page: number, update: Bytes, from: DeviceId): Promise<Reception>
  /** The newest `limit` entries before `before`, oldest first. */
  read(log: LogId, options: { before?: TimelineKey; limit: number }): Promise<ReadEntry[]>
  onArrival(listener: (arrival: Arrival) => void): () => void
  /** Every page's feeds and lengths, for sync (Y2). */
  lengths(): Lengths
  /** What a peer lacks of a page, as updates of a slice's size each (Y5). */
  missing(log: LogId, page: number, theirs: ReadonlyMap<FeedId, number>): Promise<Iterable<Bytes>>
  /** Resolves when everything under way has ended. */
  settle(): Promise<void>
}

export interface LogsOptions {
  group: LogId
  device: Device
  store: LogStore
  time: HybridClock
  bodies: BodyCipher
  /** Whether a log is one of a room this device knows: nothing else is taken from others. */
  isKnown(log: LogId): boolean
}

export const openLogs = async (options: LogsOptions): Promise<Logs> => {
  const { group, device, store, time, bodies } = options
  const lengths = await readPageLengths(store)
  const pages = createOpenPages(store)
  const listeners = new Set<(arrival: Arrival) => void>()
  const queues = new Map<LogId, Serial>()
  // Whatever opens a page of a log does so in the log's turn: a page that was put out of memory while a write to it was
  // under way would come back without it, and the next entry would fork the feed.
  const inOrder = <Value>(log: LogId, task: () => Promise<Value>): Promise<Value> => {
    const queue = queues.get(log) ?? createSerial()
    queues.set(log, queue)
    return queue.run(task)
  }

  const keyOf = (entry: SignedEntry, page: number): TimelineKey => {
    const { ms, counter } = time.shown(entry.time)
    return { ms, counter, feed: entry.feed, page, seq: entry.seq }
  }

  const open = async (entry: SignedEntry, key: TimelineKey): Promise<ReadEntry> => ({
    key,
    author: entry.device,
    kind: entry.kind,
    body: await bodies.open(entry),
  })

  /** Disk first, then memory, then everybody who listens (P5). */
  const admit = async (
    log: LogId,
    number: number,
    page: Page,
    admission: Admission,
    origin: { from: DeviceId } | { own: ((key: TimelineKey) => void) | undefined },
  ): Promise<Result<void, StoreProblem>> => {
    const from = 'from' in origin ? origin.from : undefined
    const keys = admission.entries.map((entry) => keyOf(entry, number))
    const written = await store.write({
      log,
      page: number,
      update: admission.update,
      heads: admission.heads,
      messageCount: page.messageCount + countMessages(admission.entries),
      timeline: keys,
      durability: from === undefined ? 'strict' : 'relaxed',
    })
    if (!written.ok) return written
    page.apply(admission)
    lengths.note(log, number, admission.heads)
    for (const entry of admission.entries) time.observe(entry.time)
    const entries = await Promise.all(
      admission.entries.flatMap((entry, index) => {
        const key = keys[index]
        return key ? [open(entry, key)] : []
      }),
    )
    if ('own' in origin) for (const key of keys) origin.own?.(key)
    const arrival: Arrival = { log, page: number, update: admission.update, entries, from }
    for (const listener of [...listeners]) listener(arrival)
    return ok(undefined)
  }

  /** P1: the highest page known, or the one after it when that is full or damaged. */
  const pageToWrite = async (log: LogId): Promise<{ number: number; page: Page }> => {
    const highest = lengths.highestPage(log)
    const page = await pages.open(log, highest)
    if (page.messageCount < logLimits.messagesPerPage && !page.isDamaged) return { number: highest, page }
    return { number: highest + 1, page: await pages.open(log, highest + 1) }
  }

  return {
    append: (log, kind, body, onWritten) =>
      inOrder(log, async () => {
        const { number, page } = await pageToWrite(log)
        const { element, entry, head } = await appendEntry({
          place: { group, log, page: number },
          device,
          head: await page.headOf(device.feed),
          kind,
          time: time.next(),
          sealed: await bodies.seal(body),
        })
        const update = encodeAppend(device.feed, entry.seq, [element])
        const admission = { update, entries: [entry], heads: [head] }
        return admit(log, number, page, admission, { own: onWritten })
      }),

    receive: (log, number, update, from) =>
      inOrder(log, async (): Promise<Reception> => {
        if (!options.isKnown(log) || number > logLimits.maxPageNumber) return { type: 'unknownLog' }
        const page = await pages.open(log, number)
        const verdict = await judgeUpdate({ group, log, page: number }, page, update)
        if (verdict.type !== 'admitted') return verdict
        const admitted = await admit(log, number, page, verdict.admission, { from })
        return admitted.ok ? { type: 'admitted' } : { type: 'notStored', problem: admitted.problem }
      }),

    read: (log, range) =>
      inOrder(log, async () => {
        const keys = await store.readTimeline(log, range)
        const newest = keys[0]
        if (newest && !range.before) time.observe(newest)
        const entries = await Promise.all(
          keys.map(async (key) => {
            const page = await pages.open(log, key.page)
            const entry = page.read(key.feed, key.seq)
            return entry ? [await open(entry, key)] : []
          }),
        )
        return entries.flat().reverse()
      }),

    onArrival(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    lengths: () => lengths.all,

    missing: (log, number, theirs) =>
      inOrder(log, async () => {
        if (!lengths.has(log, number)) return []
        return slicesOf(await pages.open(log, number), theirs)
      }),

    async settle() {
      await Promise.all([...queues.values()].map((queue) => queue.run(() => Promise.resolve())))
    },
  }
}

function* slicesOf(page: Page, theirs: ReadonlyMap<FeedId, number>): Iterable<Bytes> {
  for (const { feed, length } of page.heads()) {
    const from = theirs.get(feed) ?? 0
    if (from < length) yield* page.slices(feed, from, logLimits.syncSliceBytes)
  }
}
