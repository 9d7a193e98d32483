import type { DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Device } from '../identity/device.ts'
import type {
  FeedId,
  FrozenFeed,
  LogId,
  LogStore,
  PagePosition,
  StoreProblem,
  TimelineKey,
} from '../ports.ts'
import { createAbout, type About } from './about.ts'
import { encodeAppend } from './append-update.ts'
import { createCommitting, type OpenPage } from './committing.ts'
import { sameDigest, type FeedStanding } from './digest.ts'
import type { EntryKind, EntryTime } from './entry.ts'
import { appendEntry, type SignedEntry } from './feed.ts'
import { createFreezing, type Freezing } from './freezing.ts'
import { judgeUpdate, type Doubt, type Refusal } from './gate.ts'
import { createKeeping, type EraseProblem, type PlacedPosition } from './keeping.ts'
import type { LogGroup } from './log-group.ts'
import type { HybridClock } from './hybrid-clock.ts'
import { createLazyMending } from './lazy-mending.ts'
import type { Mending } from './mending.ts'
import { createOpenPages } from './open-pages.ts'
import { findMissed } from './page-change.ts'
import { readPageLengths, type FeedLimits, type Lengths, type PageListener } from './page-lengths.ts'
import { createSerial, type Serial } from './serial.ts'
import { slicesOf, type Lacking } from './slices-of-page.ts'

/** An entry that shows on a timeline, with its body opened. */
export interface ReadEntry {
  key: TimelineKey
  author: DeviceId
  kind: EntryKind
  /** Undefined where this device cannot open it, and where it is erased. */
  body: Bytes | undefined
  /** Who has erased it (P4). */
  erasedBy?: DeviceId
  /** By its author's clock, the same on every device; only of what is about another entry. */
  time?: EntryTime
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

export type Reception = Outcome & { doubts?: readonly Doubt[] }

type Outcome =
  | { type: 'admitted' | 'known' | 'gap' | 'early' | 'unknownLog' }
  | { type: 'frozen'; feeds: readonly FeedId[] }
  | { type: 'refused'; why: Refusal | { type: 'pageTooFarAhead'; page: number } }
  | { type: 'notStored'; problem: StoreProblem }

/** The logs of all rooms: the one way to write to them, to read them and to take from others. */
export interface Logs extends Freezing, About, Pick<Mending, 'lackingPages'> {
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
  /** Of each feed of a page, what devices compare (Y2). */
  standings(log: LogId, page: number): readonly FeedStanding[]
  /** Hears of each page within the turn in which its standings change: before any listener hears of what came. */
  onStandings(listener: PageListener): () => void
  /** The feeds of a page of which nothing more is taken (P6). */
  frozenIn(log: LogId, page: number): readonly FrozenFeed[]
  /** From now on less of these feeds counts, by a group's word; listeners hear of each page that is shorter than before. */
  limit(limits: FeedLimits, group: LogId): void
  onShortened(listener: (log: LogId, page: number) => void): () => void
  /**
   * What a peer lacks of a page, as updates of a slice's size each (Y5): entries that follow what it has, then bodies that it misses, as far
   * as they are here. Of a feed whose newest entry is another there, by its hash's beginning, the newest here (P6).
   */
  missing(
    log: LogId,
    page: number,
    theirs: ReadonlyMap<FeedId, number>,
    also?: Omit<Lacking, 'lengths'>,
  ): Promise<Iterable<Bytes>>
  /** Writes an erase entry for each page of these (P4). */
  erase(log: LogId, positions: readonly PlacedPosition[]): Promise<Result<void, EraseProblem>>
  /** Whether this device may erase what another wrote. */
  mayErase(log: LogId, author: DeviceId): boolean
  /** Husks here whose bodies are wanted back: nothing says that they should be gone. */
  missed(log: LogId, page: number): Promise<readonly PagePosition[]>
  /** This device's feed where a page misses bodies: it makes the page's digest its own. */
  missingMark(log: LogId, page: number): FeedId | undefined
  /** Whether a page was dropped in the state that this is the digest of (P8): not asked for again. */
  wasDropped(log: LogId, page: number, digest: Bytes): boolean
  /** Lets go of what is over in a room that is not kept for ever (P8). */
  sweep(log: LogId): Promise<void>
  /** Bodies in a page are gone, or have come back, or the page is dropped. */
  onErased(listener: (log: LogId, page: number) => void): () => void
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
  /** When this device begins the next page (P1). Others need not do so at the same length. */
  messagesPerPage?: number | undefined
}

export const openLogs = async (options: LogsOptions): Promise<Logs> => {
  const { device, store, time, groupOf, messagesPerPage = logLimits.messagesPerPage } = options
  const lengths = await readPageLengths(store)
  const committing = createCommitting({ store, time, lengths })
  const mending = createLazyMending({ ...committing, store, lengths })
  const pages = createOpenPages(store, async (log, number, page) => {
    const group = groupOf(log)
    if (group) await mending.look({ group, log, number, page })
  })
  const { admit, open, fatesOf, tellErased } = committing
  const shortenedListeners = new Set<(log: LogId, page: number) => void>()
  const queues = new Map<LogId, Serial>()
  // Whatever opens a page of a log does so in the log's turn: a page that was put out of memory while a write to it was
  // under way would come back without it, and the next entry would fork the feed.
  const inOrder = <Value>(log: LogId, task: () => Promise<Value>): Promise<Value> => {
    const queue = queues.get(log) ?? createSerial()
    queues.set(log, queue)
    return queue.run(task)
  }

  /** In the log's turn. Undefined for a log of no room that this device knows. */
  const openPage = async (log: LogId, number: number): Promise<OpenPage | undefined> => {
    const group = groupOf(log)
    return group && { group, log, number, page: await pages.open(log, number) }
  }

  /** P1: the highest page known, or the first after it that is neither full nor damaged. */
  const openPageToWrite = async (log: LogId): Promise<OpenPage | undefined> => {
    for (let number = lengths.highestPage(log); ; number++) {
      const at = await openPage(log, number)
      if (!at || (at.page.messageCount < messagesPerPage && !at.page.isDamaged)) return at
    }
  }

  /** In the log's turn. */
  const write = async (
    at: OpenPage | undefined,
    { kind, body }: { kind: EntryKind; body: Bytes },
    onWritten?: (key: TimelineKey) => void,
  ): Promise<Result<void, StoreProblem>> => {
    if (!at) return fail({ type: 'storeFailed', detail: 'a log of no room' })
    const { group, log, number, page } = at
    if (page.isFrozen(device.feed)) return fail({ type: 'ownFeedForked' })
    if (!mending.mayExtend(page, device.feed))
      return fail({ type: 'storeFailed', detail: 'a page of which a part is lost' })
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
    return admit(at, { update, entries: [entry], heads: [head] }, { own: onWritten })
  }

  const keeping = createKeeping({
    ...committing,
    device,
    store,
    time,
    groupOf,
    inOrder,
    openPage,
    pages,
    lengths,
    write,
  })

  const about = createAbout({ ...committing, time, lengths, inOrder, openPage, write })
  const freezing = createFreezing({ ...committing, feed: device.feed, store, lengths, inOrder, openPage })

  return {
    ...keeping,
    ...freezing,
    ...about,
    lackingPages: mending.lackingPages,
    onArrival: committing.onArrival,
    onErased: committing.onErased,

    append: (log, kind, body, onWritten) =>
      inOrder(log, async () => write(await openPageToWrite(log), { kind, body }, onWritten)),

    mayErase: (log, author) => groupOf(log)?.rules.mayErase?.(device.id, author) === 'yes',

    missed: (log, number) =>
      inOrder(log, async () => {
        const at = lengths.misses(log, number) ? await openPage(log, number) : undefined
        if (!at) return []
        const { page } = at
        const fates = fatesOf(at.group, number)
        const missed = await findMissed(page, page.missed, (entry) =>
          fates.of(entry, page.erasures.of(entry.feed, entry.seq)),
        )
        if (missed.length === 0) {
          lengths.noteMissed(log, number, 0)
          tellErased(log, number)
        }
        return missed
      }),
    missingMark: (log, page) => (lengths.misses(log, page) ? device.feed : undefined),
    wasDropped: (log, page, digest) =>
      !lengths.has(log, page) && lengths.droppedOf(log, page).some((state) => sameDigest(state, digest)),

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
        const admitted = await admit({ group, log, number, page }, verdict.admission, { from })
        if (!admitted.ok) return { type: 'notStored', problem: admitted.problem }
        if (page.isDamaged && (await mending.look({ group, log, number, page }))) tellErased(log, number)
        return { type: 'admitted', ...(verdict.doubts && { doubts: verdict.doubts }) }
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
            return counts ? open({ group, log, number: key.page, page }, entry, key) : undefined
          })
          found.push(...(await Promise.all(entries)).filter((entry) => entry !== undefined))
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
          for (const entry of page.entries()) found.push(entry)
        }
        return found
      }),

    lengths: () => lengths.all,
    standings: (log, page) => lengths.standings(log, page),
    onStandings: (listener) => lengths.onChange(listener),
    frozenIn: (log, page) => lengths.frozenIn(log, page),

    limit(limits, group) {
      for (const { log, page } of lengths.limit(limits, group))
        for (const listener of [...shortenedListeners]) listener(log, page)
    },
    onShortened(listener) {
      shortenedListeners.add(listener)
      return () => shortenedListeners.delete(listener)
    },

    missing: (log, number, theirs, also = {}) =>
      inOrder(log, async () => {
        if (!lengths.has(log, number)) return []
        const page = await pages.open(log, number)
        return slicesOf(page, lengths.standings(log, number), { ...also, lengths: theirs })
      }),

    async settle() {
      await Promise.all([...queues.values()].map((queue) => queue.run(() => Promise.resolve())))
    },
  }
}
