import type { LogId, StoredPage } from '../core/ports.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { HearthDatabase } from './database.ts'
import { openRow } from './page-seal.ts'
import type { PageKeys } from './page-keys.ts'
import { isPageRow, isUpdate, startingWith } from './rows.ts'

export interface RawPage {
  pageRow: unknown
  snapshot: unknown
  journal: unknown[]
}

/** All of a page at one moment. */
export const readAtOnce = async ({ idb }: HearthDatabase, log: LogId, page: number): Promise<RawPage> => {
  const tx = idb.transaction(['pages', 'journal', 'heads'])
  // A failed read is told by its own promise.
  tx.done.catch(() => undefined)
  const [pageRow, snapshot, journal] = await Promise.all([
    tx.objectStore('heads').get([log, page]),
    tx.objectStore('pages').get([log, page]),
    tx.objectStore('journal').getAll(startingWith([log, page])),
  ])
  return { pageRow, snapshot, journal }
}

/** Stands for a row that is there and cannot be read. */
const unreadable = { type: 'unreadable' }

/**
 * Row by row, each in a transaction of its own, because one unreadable row fails the whole read: Chromium keeps large
 * values in files beside the database and can lose one. The journal first: a compaction in between moves it forward.
 */
const readRowByRow = async ({ idb }: HearthDatabase, log: LogId, page: number): Promise<RawPage> => {
  const orUnreadable = (row: Promise<unknown>): Promise<unknown> => row.catch(() => unreadable)
  const keys = await idb.getAllKeys('journal', startingWith([log, page]))
  const journal = await Promise.all(keys.map((key) => orUnreadable(idb.get('journal', key))))
  const snapshot = await orUnreadable(idb.get('pages', [log, page]))
  const pageRow = await orUnreadable(idb.get('heads', [log, page]))
  return { pageRow, snapshot, journal }
}

/** Of these rows what can be opened and is an update, in their order. */
export const openUpdates = async (
  keys: Pick<PageKeys, 'find'>,
  place: { log: LogId; page: number },
  rows: readonly unknown[],
): Promise<Bytes[]> =>
  (await Promise.all(rows.map((row) => openRow(keys, place, row)))).filter((update) => isUpdate(update))

export const readPage = async (
  database: HearthDatabase,
  log: LogId,
  page: number,
): Promise<StoredPage | undefined> => {
  const keys = await database.pageKeys()
  const { pageRow, snapshot, journal } = await readAtOnce(database, log, page).catch(() =>
    readRowByRow(database, log, page),
  )
  const rows = snapshot === undefined ? journal : [snapshot, ...journal]
  const isKnown = isPageRow(pageRow)
  if (rows.length === 0 && (pageRow === undefined || (isKnown && pageRow.heads.length === 0)))
    return undefined
  const updates = await openUpdates(keys, { log, page }, rows)
  const isNotedDamaged = isKnown && pageRow.isDamaged === true
  return {
    updates,
    heads: isKnown ? pageRow.heads : [],
    messageCount: isKnown ? pageRow.messageCount : 0,
    missed: isKnown ? (pageRow.missed ?? []) : [],
    frozen: isKnown ? (pageRow.frozen ?? []) : [],
    damagedRows: rows.length - updates.length + (isKnown ? 0 : 1) + (isNotedDamaged ? 1 : 0),
    ...(isNotedDamaged && { isNotedDamaged }),
  }
}
