import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { FeedHead, FeedId, LogId, LogStore } from '../ports.ts'

/** How long each feed of each page of each log is: all that sync digests need, kept in memory for every page. */
export type Lengths = ReadonlyMap<LogId, ReadonlyMap<number, ReadonlyMap<FeedId, number>>>

export interface PageLengths {
  readonly all: Lengths
  has(log: LogId, page: number): boolean
  /** 0 where the log is empty. */
  highestPage(log: LogId): number
  note(log: LogId, page: number, heads: readonly FeedHead[]): void
  /** Whether bodies are wanted back in a page (P4). */
  misses(log: LogId, page: number): boolean
  noteMissed(log: LogId, page: number, count: number): void
  /** In which states a page was dropped (P8), the newest first. */
  droppedOf(log: LogId, page: number): readonly Bytes[]
  drop(log: LogId, page: number, digests: readonly Bytes[]): void
  /** From now on less of these feeds counts, by the word of the group `scope` (G6). Gives the pages that are shorter than before. */
  limit(limits: FeedLimits, scope: LogId): { log: LogId; page: number }[]
}

/** How many entries of a feed count in a page at most; feeds that are not in it count whole. */
export type FeedLimits = ReadonlyMap<FeedId, (log: LogId, page: number) => number>

export const readPageLengths = async (store: LogStore): Promise<PageLengths> => {
  const all = new Map<LogId, Map<number, Map<FeedId, number>>>()
  const missing = new Set<string>()
  const dropped = new Map<string, readonly Bytes[]>()
  const nameOf = (log: LogId, page: number) => `${log} ${page}`
  for (const [log, pages] of await store.summaries()) {
    const here = pages.filter(({ lengths, dropped: states }) => lengths.size > 0 || states.length === 0)
    if (here.length > 0) all.set(log, new Map(here.map(({ page, lengths }) => [page, new Map(lengths)])))
    for (const { page, missed, dropped: states } of pages) {
      if (missed > 0) missing.add(nameOf(log, page))
      if (states.length > 0) dropped.set(nameOf(log, page), states)
    }
  }
  const limits = new Map<LogId, FeedLimits>()
  const counted = (log: LogId, page: number, feed: FeedId, length: number): number =>
    Math.min(length, ...[...limits.values()].map((ofGroup) => ofGroup.get(feed)?.(log, page) ?? Infinity))
  return {
    all,
    has: (log, page) => all.get(log)?.has(page) ?? false,
    // No spread: of somebody's hundred thousand pages there are more than a call has room for.
    highestPage: (log) => [...(all.get(log)?.keys() ?? [])].reduce((most, page) => Math.max(most, page), 0),
    note(log, page, heads) {
      const ofLog = all.get(log) ?? new Map<number, Map<FeedId, number>>()
      const ofPage = ofLog.get(page) ?? new Map<FeedId, number>()
      for (const { feed, length } of heads) ofPage.set(feed, counted(log, page, feed, length))
      all.set(log, ofLog.set(page, ofPage))
    },
    misses: (log, page) => missing.has(nameOf(log, page)),
    noteMissed(log, page, count) {
      if (count > 0) missing.add(nameOf(log, page))
      else missing.delete(nameOf(log, page))
    },
    droppedOf: (log, page) => dropped.get(nameOf(log, page)) ?? [],
    drop(log, page, digests) {
      all.get(log)?.delete(page)
      missing.delete(nameOf(log, page))
      dropped.set(nameOf(log, page), digests)
    },
    limit(now, scope) {
      limits.set(scope, now)
      const shortened: { log: LogId; page: number }[] = []
      for (const [log, pages] of all)
        for (const [page, lengths] of pages)
          for (const [feed, length] of lengths) {
            const left = counted(log, page, feed, length)
            if (left === length) continue
            lengths.set(feed, left)
            shortened.push({ log, page })
          }
      return shortened
    },
  }
}
