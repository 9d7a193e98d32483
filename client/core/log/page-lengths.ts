import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { FeedHead, FeedId, FrozenFeed, LogId, LogStore } from '../ports.ts'
import type { FeedStanding } from './digest.ts'

/** How long each feed of each page of each log is: all that sync digests need, kept in memory for every page. */
export type Lengths = ReadonlyMap<LogId, ReadonlyMap<number, ReadonlyMap<FeedId, number>>>

export interface PageLengths {
  readonly all: Lengths
  has(log: LogId, page: number): boolean
  /** 0 where the log is empty. */
  highestPage(log: LogId): number
  note(log: LogId, page: number, heads: readonly FeedHead[]): void
  /** Of each feed of a page, what devices compare (Y2). */
  standings(log: LogId, page: number): FeedStanding[]
  /** Feeds of which nothing more is taken (P6). */
  frozenIn(log: LogId, page: number): readonly FrozenFeed[]
  noteFrozen(log: LogId, page: number, frozen: readonly FrozenFeed[]): void
  /** Whether bodies are wanted back in a page (P4). */
  misses(log: LogId, page: number): boolean
  noteMissed(log: LogId, page: number, count: number): void
  /** The pages in which something is pinned, or was, the newest first. */
  pinnedPages(log: LogId): readonly number[]
  notePins(log: LogId, page: number): void
  /** In which states a page was dropped (P8), the newest first. */
  droppedOf(log: LogId, page: number): readonly Bytes[]
  drop(log: LogId, page: number, digests: readonly Bytes[]): void
  /** From now on less of these feeds counts, by the word of the group `scope` (G6). Gives the pages that are shorter than before. */
  limit(limits: FeedLimits, scope: LogId): { log: LogId; page: number }[]
  /** Hears of each page within the turn in which what is compared of it changes. */
  onChange(listener: PageListener): () => void
}

export type PageListener = (log: LogId, page: number) => void

/** How many entries of a feed count in a page at most; feeds that are not in it count whole. */
export type FeedLimits = ReadonlyMap<FeedId, (log: LogId, page: number) => number>

export const readPageLengths = async (store: LogStore): Promise<PageLengths> => {
  const all = new Map<LogId, Map<number, Map<FeedId, number>>>()
  const missing = new Set<string>()
  const pinned = new Map<LogId, Set<number>>()
  const dropped = new Map<string, readonly Bytes[]>()
  const frozen = new Map<string, readonly FrozenFeed[]>()
  const hashes = new Map<string, Map<FeedId, Bytes>>()
  const nameOf = (log: LogId, page: number) => `${log} ${page}`
  for (const [log, pages] of await store.summaries()) {
    const here = pages.filter(({ lengths, dropped: states }) => lengths.size > 0 || states.length === 0)
    if (here.length > 0) all.set(log, new Map(here.map(({ page, lengths }) => [page, new Map(lengths)])))
    pinned.set(log, new Set(here.filter(({ hasPins }) => hasPins).map(({ page }) => page)))
    for (const { page, missed, dropped: states, hashes: ofFeeds, frozen: ofPage } of pages) {
      hashes.set(nameOf(log, page), new Map(ofFeeds))
      if (ofPage.length > 0) frozen.set(nameOf(log, page), ofPage)
      if (missed > 0) missing.add(nameOf(log, page))
      if (states.length > 0) dropped.set(nameOf(log, page), states)
    }
  }
  const listeners = new Set<PageListener>()
  const changed: PageListener = (log, page) => {
    for (const listener of [...listeners]) listener(log, page)
  }
  const limits = new Map<LogId, FeedLimits>()
  const counted = (log: LogId, page: number, feed: FeedId, length: number): number =>
    Math.min(length, ...[...limits.values()].map((ofGroup) => ofGroup.get(feed)?.(log, page) ?? Infinity))
  const isLimited = (log: LogId, page: number, feed: FeedId): boolean =>
    counted(log, page, feed, Infinity) < Infinity
  return {
    all,
    has: (log, page) => all.get(log)?.has(page) ?? false,
    // No spread: of somebody's hundred thousand pages there are more than a call has room for.
    highestPage: (log) => [...(all.get(log)?.keys() ?? [])].reduce((most, page) => Math.max(most, page), 0),
    note(log, page, heads) {
      const ofLog = all.get(log) ?? new Map<number, Map<FeedId, number>>()
      const ofPage = ofLog.get(page) ?? new Map<FeedId, number>()
      const ofFeeds = hashes.get(nameOf(log, page)) ?? new Map<FeedId, Bytes>()
      for (const { feed, length, hash } of heads) {
        ofPage.set(feed, counted(log, page, feed, length))
        ofFeeds.set(feed, hash)
      }
      all.set(log, ofLog.set(page, ofPage))
      hashes.set(nameOf(log, page), ofFeeds)
      changed(log, page)
    },
    standings(log, page) {
      const ofFeeds = hashes.get(nameOf(log, page))
      const ends = new Map(frozen.get(nameOf(log, page))?.map(({ feed, seq }) => [feed, seq]))
      return [...(all.get(log)?.get(page) ?? [])].map(([feed, length]) => {
        const isFrozen = length > (ends.get(feed) ?? Infinity)
        const hash = isFrozen || !isLimited(log, page, feed) ? ofFeeds?.get(feed) : undefined
        return { feed, length, ...(hash && { hash }), isFrozen }
      })
    },
    frozenIn: (log, page) => frozen.get(nameOf(log, page)) ?? [],
    noteFrozen(log, page, ofPage) {
      frozen.set(nameOf(log, page), ofPage)
      changed(log, page)
    },
    misses: (log, page) => missing.has(nameOf(log, page)),
    noteMissed(log, page, count) {
      if (count > 0) missing.add(nameOf(log, page))
      else missing.delete(nameOf(log, page))
      changed(log, page)
    },
    pinnedPages: (log) => [...(pinned.get(log) ?? [])].sort((left, right) => right - left),
    notePins: (log, page) => void pinned.set(log, (pinned.get(log) ?? new Set<number>()).add(page)),
    droppedOf: (log, page) => dropped.get(nameOf(log, page)) ?? [],
    drop(log, page, digests) {
      all.get(log)?.delete(page)
      missing.delete(nameOf(log, page))
      pinned.get(log)?.delete(page)
      frozen.delete(nameOf(log, page))
      hashes.delete(nameOf(log, page))
      dropped.set(nameOf(log, page), digests)
      changed(log, page)
    },
    limit(now, scope) {
      const before = limits.get(scope)
      limits.set(scope, now)
      const isNew = (log: LogId, page: number, feed: FeedId): boolean =>
        (before?.get(feed)?.(log, page) ?? Infinity) < Infinity !==
        (now.get(feed)?.(log, page) ?? Infinity) < Infinity
      const shortened: { log: LogId; page: number }[] = []
      for (const [log, pages] of all)
        for (const [page, lengths] of pages)
          for (const [feed, length] of lengths) {
            const left = counted(log, page, feed, length)
            if (left === length && !isNew(log, page, feed)) continue
            lengths.set(feed, left)
            shortened.push({ log, page })
          }
      for (const { log, page } of shortened) changed(log, page)
      return shortened
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
