import type { FeedHead, FeedId, LogId, LogStore } from '../ports.ts'

/** How long each feed of each page of each log is: all that sync digests need, kept in memory for every page. */
export type Lengths = ReadonlyMap<LogId, ReadonlyMap<number, ReadonlyMap<FeedId, number>>>

export interface PageLengths {
  readonly all: Lengths
  has(log: LogId, page: number): boolean
  /** 0 where the log is empty. */
  highestPage(log: LogId): number
  note(log: LogId, page: number, heads: readonly FeedHead[]): void
  /** From now on less of these feeds counts, by the word of the group `scope` (G6). Gives the pages that are shorter than before. */
  limit(limits: FeedLimits, scope: LogId): { log: LogId; page: number }[]
}

/** How many entries of a feed count in a page at most; feeds that are not in it count whole. */
export type FeedLimits = ReadonlyMap<FeedId, (log: LogId, page: number) => number>

export const readPageLengths = async (store: LogStore): Promise<PageLengths> => {
  const all = new Map<LogId, Map<number, Map<FeedId, number>>>()
  for (const [log, pages] of await store.summaries()) {
    all.set(log, new Map(pages.map(({ page, lengths }) => [page, new Map(lengths)])))
  }
  const limits = new Map<LogId, FeedLimits>()
  const counted = (log: LogId, page: number, feed: FeedId, length: number): number =>
    Math.min(length, ...[...limits.values()].map((ofGroup) => ofGroup.get(feed)?.(log, page) ?? Infinity))
  return {
    all,
    has: (log, page) => all.get(log)?.has(page) ?? false,
    highestPage: (log) => Math.max(0, ...(all.get(log)?.keys() ?? [])),
    note(log, page, heads) {
      const ofLog = all.get(log) ?? new Map<number, Map<FeedId, number>>()
      const ofPage = ofLog.get(page) ?? new Map<FeedId, number>()
      for (const { feed, length } of heads) ofPage.set(feed, counted(log, page, feed, length))
      all.set(log, ofLog.set(page, ofPage))
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
