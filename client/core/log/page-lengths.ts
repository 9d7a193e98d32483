import type { FeedHead, FeedId, LogId, LogStore } from '../ports.ts'

/** How long each feed of each page of each log is: all that sync digests need, kept in memory for every page. */
export type Lengths = ReadonlyMap<LogId, ReadonlyMap<number, ReadonlyMap<FeedId, number>>>

export interface PageLengths {
  readonly all: Lengths
  has(log: LogId, page: number): boolean
  /** 0 where the log is empty. */
  highestPage(log: LogId): number
  note(log: LogId, page: number, heads: readonly FeedHead[]): void
}

export const readPageLengths = async (store: LogStore): Promise<PageLengths> => {
  const all = new Map<LogId, Map<number, Map<FeedId, number>>>()
  for (const [log, pages] of await store.summaries()) {
    all.set(log, new Map(pages.map(({ page, lengths }) => [page, new Map(lengths)])))
  }
  return {
    all,
    has: (log, page) => all.get(log)?.has(page) ?? false,
    highestPage: (log) => Math.max(0, ...(all.get(log)?.keys() ?? [])),
    note(log, page, heads) {
      const ofLog = all.get(log) ?? new Map<number, Map<FeedId, number>>()
      const ofPage = ofLog.get(page) ?? new Map<FeedId, number>()
      for (const head of heads) ofPage.set(head.feed, head.length)
      all.set(log, ofLog.set(page, ofPage))
    },
  }
}
