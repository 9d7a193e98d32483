import type { DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Device } from '../identity/device.ts'
import type { FeedId, LogId, LogStore, StoreProblem, TimelineKey } from '../ports.ts'
import { encodeAppend } from './append-update.ts'
import type { EntryKind } from './entry.ts'
import { appendEntry, openBody, type SignedEntry } from './feed.ts'
import { judgeUpdate, type Admission, type Refusal } from './gate.ts'
import type { LogGroup } from './log-group.ts'
import type { HybridClock } from './hybrid-clock.ts'
import { createOpenPages } from './open-pages.ts'
import { countMessages, type Page } from './page.ts'
import { readPageLengths, type FeedLimits, type Lengths } from './page-lengths.ts'
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
  | { type: 'admitted' | 'known' | 'gap' | 'early' | 'unknownLog' }
  | { type: 'refused'; why: Refusal | { type: 'pageTooFarAhead'; page: number } }
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
  /** All of a small log, in no order. */
  readAll(log: LogId): Promise<SignedEntry[]>
  onArrival(listener: (arrival: Arrival) => void): () => void
  /** Every page's feeds and lengths, for sync (Y2): as far as they count (G6). */
  lengths(): Lengths
  /** From now on less of these feeds counts, by a group's word; listeners hear of each page that is shorter than before. */
  limit(limits: FeedLimits, group: LogId): void
  onShortened(listener: (log: LogId, page: number) => void): () => void
  /** What a peer lacks of a page, as updates of a slice's size each (Y5). */
  missing(log: LogId, page: number, theirs: ReadonlyMap<FeedId, number>): Promise<Iterable<Bytes>>
  /** Resolves when everything under way has ended. */
  settle(): Promise<void>
}

export interface LogsOptions {
  device: Device
  store: LogStore
  time: HybridClock
  /** Undefined for a log of no room that this device knows: nothing of it is taken, read or written. */
  groupOf(log: LogId): LogGroup | undefined
  /** Looks at an update for a log of no known room: it may begin one (G1). */
  adopt?: ((log: LogId, update: Bytes) => Promise<LogGroup | undefined>) | undefined
}

export const openLogs = async (options: LogsOptions): Promise<Logs> => {
  const { device, store, time, groupOf } = options
  const lengths = await readPageLengths(store)
  const pages = createOpenPages(store)
  const listeners = new Set<(arrival: Arrival) => void>()
  const shortenedListeners = new Set<(log: LogId, page: number) => void>()
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

  const open = async (
    group: LogGroup,
    log: LogId,
    entry: SignedEntry,
    key: TimelineKey,
  ): Promise<ReadEntry> => ({
    key,
    author: entry.device,
    kind: entry.kind,
    body: await openBody(group.bodies, { group: group.id, log, page: key.page }, entry),
  })

  /** Disk first, then memory, then everybody who listens (P5). */
  const admit = async (
    group: LogGroup,
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
      timeline: group.control ? [] : keys,
      durability: from === undefined ? 'strict' : 'relaxed',
    })
    if (!written.ok) return written
    page.apply(admission)
    lengths.note(log, number, admission.heads)
    for (const entry of admission.entries) time.observe(entry.time)
    await group.control?.(admission.entries)
    const entries = await Promise.all(
      admission.entries.flatMap((entry, index) => {
        const key = keys[index]
        return key ? [open(group, log, entry, key)] : []
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
        const group = groupOf(log)
        if (!group) return fail({ type: 'storeFailed', detail: 'a log of no room' })
        const { number, page } = await pageToWrite(log)
        const appended = await appendEntry(group.bodies, {
          place: { group: group.id, log, page: number },
          device,
          head: await page.headOf(device.feed),
          kind,
          time: time.next(),
          plaintext: body,
        })
        if (!appended.ok) return appended
        const { element, entry, head } = appended.value
        const update = encodeAppend(device.feed, entry.seq, [element])
        const admission = { update, entries: [entry], heads: [head] }
        return admit(group, log, number, page, admission, { own: onWritten })
      }),

    receive: (log, number, update, from) =>
      inOrder(log, async (): Promise<Reception> => {
        const group = groupOf(log) ?? (await options.adopt?.(log, update))
        if (!group) return { type: 'unknownLog' }
        if (number > lengths.highestPage(log) + logLimits.maxPageLead)
          return { type: 'refused', why: { type: 'pageTooFarAhead', page: number } }
        const page = await pages.open(log, number)
        const place = { group: group.id, log, page: number }
        const verdict = await judgeUpdate(place, page, update, group.rules)
        if (verdict.type !== 'admitted') return verdict
        const admitted = await admit(group, log, number, page, verdict.admission, { from })
        return admitted.ok ? { type: 'admitted' } : { type: 'notStored', problem: admitted.problem }
      }),

    read: (log, range) =>
      inOrder(log, async () => {
        const group = groupOf(log)
        if (!group) return []
        const found: ReadEntry[] = []
        let { before } = range
        for (;;) {
          const limit = range.limit - found.length
          const keys = await store.readTimeline(log, { ...(before && { before }), limit })
          if (keys[0] && !before) time.observe(keys[0])
          const entries = keys.map(async (key) => {
            const page = await pages.open(log, key.page)
            const entry = page.read(key.feed, key.seq)
            const counts = entry && entry.seq < group.countOf(entry.device, key.page)
            return counts ? [await open(group, log, entry, key)] : []
          })
          found.push(...(await Promise.all(entries)).flat())
          before = keys.at(-1)
          // What does not count any more (G6) must not make a room look as if it ended there.
          if (found.length >= range.limit || keys.length < limit) return found.reverse()
        }
      }),

    readAll: (log) =>
      inOrder(log, async () => {
        const found: SignedEntry[] = []
        for (const number of lengths.all.get(log)?.keys() ?? []) {
          const page = await pages.open(log, number)
          for (const { feed, length } of page.heads())
            for (let seq = 0; seq < length; seq++)
              found.push(...[page.read(feed, seq)].filter((one) => one !== undefined))
        }
        return found
      }),

    onArrival(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    lengths: () => lengths.all,

    limit(limits, group) {
      for (const { log, page } of lengths.limit(limits, group))
        for (const listener of [...shortenedListeners]) listener(log, page)
    },
    onShortened(listener) {
      shortenedListeners.add(listener)
      return () => shortenedListeners.delete(listener)
    },

    missing: (log, number, theirs) =>
      inOrder(log, async () => {
        if (!lengths.has(log, number)) return []
        const ours = lengths.all.get(log)?.get(number) ?? new Map<FeedId, number>()
        return slicesOf(await pages.open(log, number), ours, theirs)
      }),

    async settle() {
      await Promise.all([...queues.values()].map((queue) => queue.run(() => Promise.resolve())))
    },
  }
}

function* slicesOf(
  page: Page,
  ours: ReadonlyMap<FeedId, number>,
  theirs: ReadonlyMap<FeedId, number>,
): Iterable<Bytes> {
  for (const [feed, length] of ours) {
    const from = theirs.get(feed) ?? 0
    if (from < length) yield* page.slices(feed, from, length, logLimits.syncSliceBytes)
  }
}
