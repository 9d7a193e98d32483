import type { Holding, LogId, LogStore, PageSummary, TimelineKey } from '../core/ports.ts'
import { storeLimits } from '../../shared/limits.ts'
import { compactPage } from './compaction.ts'
import type { HearthDatabase } from './database.ts'
import { readPage } from './read-page.ts'
import { fromRowKey, isHolding, isPageRow, startingWith, toRowKey, type PageRow } from './rows.ts'
import { orReadError } from './store-problem.ts'
import { createWriteQueue } from './write-queue.ts'

export interface LogStoreOptions {
  journalRows?: number
  /** Rows of a store that could not be read were passed over. What they held has to come from other devices. */
  onDamage?: (damage: { store: 'heads' | 'holders' | 'pages'; rows: number }) => void
}

/** The pages of all logs and the index of what shows, in IndexedDB. Closing it leaves the database open. */
export const createLogStore = (database: HearthDatabase, options: LogStoreOptions = {}): LogStore => {
  const { journalRows = storeLimits.journalRows, onDamage } = options
  const { idb } = database

  /** Pages that cannot be compacted for now; not tried again at every write. */
  const leftAlone = new Set<string>()
  const compact = async (rows: PageRow[]): Promise<void> => {
    for (const { log, page, journalStart, journalEnd } of rows) {
      const key = `${log}/${page}`
      if (journalEnd - journalStart <= journalRows || leftAlone.has(key)) continue
      const outcome = await compactPage(database, log, page)
      if (!outcome.ok || !outcome.value) leftAlone.add(key)
    }
  }
  const queue = createWriteQueue(database, compact)

  const keep = <Row>(
    store: 'heads' | 'holders',
    rows: unknown[],
    isRow: (row: unknown) => row is Row,
  ): Row[] => {
    const kept = rows.filter(isRow)
    if (kept.length < rows.length) onDamage?.({ store, rows: rows.length - kept.length })
    return kept
  }

  return {
    write: (write) => queue.write({ type: 'page', write }),
    saveHolder: (holding) => queue.write({ type: 'holder', holding }),

    loadPage: (log, page) =>
      orReadError(async () => {
        const stored = await readPage(database, log, page)
        if (stored && stored.damagedRows > 0) onDamage?.({ store: 'pages', rows: stored.damagedRows })
        return stored
      }),

    summaries: () =>
      orReadError(async () => {
        const summaries = new Map<LogId, PageSummary[]>()
        for (const row of keep('heads', await idb.getAll('heads'), isPageRow)) {
          const lengths = new Map(row.heads.map(({ feed, length }) => [feed, length]))
          const pages = summaries.get(row.log) ?? []
          pages.push({ page: row.page, messageCount: row.messageCount, lengths })
          summaries.set(row.log, pages)
        }
        return summaries
      }),

    readTimeline: (log: LogId, { before, limit }: { before?: TimelineKey; limit: number }) =>
      orReadError(async () => {
        // To IndexedDB a limit of 0 is none.
        if (limit < 1) return []
        const range = before ? IDBKeyRange.bound(toRowKey(log, before), [log, []], true) : startingWith([log])
        return (await idb.getAllKeys('timeline', range, limit)).map(fromRowKey)
      }),

    readHolders: (log: LogId): Promise<Holding[]> =>
      orReadError(async () => keep('holders', await idb.getAll('holders', startingWith([log])), isHolding)),

    close: () => queue.close(),
  }
}
