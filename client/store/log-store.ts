import type { Holding, LogId, LogStore, PageSummary, TimelineKey } from '../core/ports.ts'
import { storeLimits } from '../../shared/limits.ts'
import { takesAway } from './apply-changes.ts'
import { compactPage } from './compaction.ts'
import { createSpace } from './create-space.ts'
import type { HearthDatabase } from './database.ts'
import { screenKeyId } from './page-keys.ts'
import { createPreparing, type Preparing } from './prepare-changes.ts'
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
  // At once, so that the first page need not wait for its key.
  const keys = database.pageKeys()
  keys.catch(() => undefined) // told by whoever needs them
  let prepared: Promise<Preparing> | undefined
  const preparing = () => (prepared ??= keys.then((opened) => createPreparing(database, opened)))

  /** Pages that cannot be compacted for now; not tried again at every write. */
  const leftAlone = new Set<string>()
  const compact = async (rows: PageRow[]): Promise<void> => {
    const tools = { keys: await keys, preparing: await preparing() }
    for (const { log, page, journalStart, journalEnd } of rows) {
      const key = `${log}/${page}`
      if (journalEnd - journalStart <= journalRows || leftAlone.has(key)) continue
      const outcome = await compactPage(database, tools, log, page)
      if (!outcome.ok || !outcome.value) leftAlone.add(key)
    }
  }
  /**
   * P4: whatever lies about of a page, sealed with a key that no page has any more, is noise once the key is gone too. With it goes what the
   * screen showed last, which may have been just that. What fails is tried again after the next write, and at the next start.
   */
  let mayHoldOldKeys = true
  const dropOldKeys = async (): Promise<void> => {
    const { ids, keepOnly } = await keys
    const rows = (await idb.getAll('heads')).filter(isPageRow)
    const inUse = new Set(rows.flatMap(({ key }) => key ?? []))
    const isClean = [...ids].every((id) => inUse.has(id) || id === screenKeyId)
    mayHoldOldKeys = !isClean && !(await keepOnly(inUse)).ok
  }
  const queue = createWriteQueue(database, {
    preparing,
    async afterwards(rows, changes) {
      await compact(rows)
      mayHoldOldKeys ||= changes.some(takesAway)
      if (mayHoldOldKeys) await dropOldKeys().catch(() => undefined)
    },
  })

  const { space, watch } = createSpace(database, (log, page) =>
    queue.inBetween(async () =>
      compactPage(database, { keys: await keys, preparing: await preparing() }, log, page),
    ),
  )

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
    space,
    write: (write) => watch(queue.write({ type: 'page', write })),
    saveHolder: (holding) => queue.write({ type: 'holder', holding }),

    loadPage: (log, page) =>
      orReadError(async () => {
        const stored = await readPage(database, log, page)
        if (stored && stored.damagedRows > 0) onDamage?.({ store: 'pages', rows: stored.damagedRows })
        return stored
      }),

    dropPage: (log, page, digests) => queue.write({ type: 'drop', log, page, digests }),

    summaries: () =>
      orReadError(async () => {
        const summaries = new Map<LogId, PageSummary[]>()
        for (const row of keep('heads', await idb.getAll('heads'), isPageRow)) {
          const { page, messageCount, missed = [], hasPins = false, frozen = [], dropped = [] } = row
          const lengths = new Map(row.heads.map(({ feed, length }) => [feed, length]))
          const hashes = new Map(row.heads.map(({ feed, hash }) => [feed, hash]))
          const pages = summaries.get(row.log) ?? []
          pages.push({ page, messageCount, lengths, hashes, frozen, missed: missed.length, hasPins, dropped })
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
