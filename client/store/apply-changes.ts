import { unwrap, type IDBPTransaction } from 'idb'
import type { FeedHead, Holding, LogId, PageWrite } from '../core/ports.ts'
import type { HearthSchema } from './database.ts'
import type { PreparedChange } from './prepare-changes.ts'
import { isHolding, isPageRow, startingWith, toRowKey, type PageRow } from './rows.ts'

export const changedStores: ('pages' | 'journal' | 'heads' | 'timeline' | 'holders')[] = [
  'pages',
  'journal',
  'heads',
  'timeline',
  'holders',
]
export type ChangeTransaction = IDBPTransaction<HearthSchema, typeof changedStores, 'readwrite'>

export interface PageDrop {
  type: 'drop'
  log: LogId
  page: number
  digests: readonly Uint8Array<ArrayBuffer>[]
}
export type Change = { type: 'page'; write: PageWrite } | { type: 'holder'; holding: Holding } | PageDrop

/** Whether something goes with a change that the browser's files must not give back (P4): such a change is strict. */
export const takesAway = (change: Change | PreparedChange): boolean =>
  change.type === 'drop' || (change.type === 'page' && change.write.isWhole === true)

const mergeHeads = (heads: FeedHead[], newer: FeedHead[]): FeedHead[] => {
  const byFeed = new Map([...heads, ...newer].map((head) => [head.feed, head]))
  return [...byFeed.values()]
}

/** What is known of a page. Without a row, or with a damaged one, the journal itself says where it ends. */
const readPageRow = async (
  tx: ChangeTransaction,
  { log, page }: { log: LogId; page: number },
): Promise<PageRow> => {
  const stored = await tx.objectStore('heads').get([log, page])
  if (isPageRow(stored)) return stored
  const last = await tx.objectStore('journal').openKeyCursor(startingWith([log, page]), 'prev')
  return {
    log,
    page,
    messageCount: 0,
    heads: [],
    journalStart: 0,
    journalEnd: last ? last.key[2] + 1 : 0,
  }
}

/** Bare requests throughout: a promise each would cost more than the put, and a failed one aborts the transaction anyway. */
const clearPage = (tx: ChangeTransaction, row: PageRow): void => {
  unwrap(tx.objectStore('journal')).delete(startingWith([row.log, row.page]))
  unwrap(tx.objectStore('pages')).delete([row.log, row.page])
  row.journalStart = row.journalEnd
}

const forgetHolders = (tx: ChangeTransaction, { log, page }: PageRow): void =>
  void unwrap(tx.objectStore('holders')).delete(startingWith([log, page]))

const applyWrite = (
  tx: ChangeTransaction,
  row: PageRow,
  { write, sealed, key }: Extract<PreparedChange, { type: 'page' }>,
): void => {
  if (write.isWhole) {
    clearPage(tx, row)
    unwrap(tx.objectStore('pages')).put(sealed, [row.log, row.page])
    delete row.isDamaged
  } else {
    unwrap(tx.objectStore('journal')).put(sealed, [row.log, row.page, row.journalEnd++])
  }
  if (write.isDamaged) row.isDamaged = true
  const timeline = unwrap(tx.objectStore('timeline'))
  for (const position of write.timeline) timeline.put(0, toRowKey(write.log, position))
  for (const position of write.gone ?? []) timeline.delete(toRowKey(write.log, position))
  row.key = key
  row.heads = mergeHeads(row.heads, write.heads)
  row.messageCount = write.messageCount
  row.missed = write.missed ?? []
  if (write.hasPins) row.hasPins = true
  if (write.frozen?.length) row.frozen = write.frozen
  else delete row.frozen
  if (write.forgetsHolders) forgetHolders(tx, row)
}

const applyDrop = (tx: ChangeTransaction, row: PageRow, { digests }: PageDrop): void => {
  clearPage(tx, row)
  forgetHolders(tx, row)
  row.heads = []
  row.messageCount = 0
  row.missed = []
  row.dropped = digests
  delete row.frozen
  delete row.hasPins
  delete row.key
  delete row.isDamaged
}

const applyToPages = async (
  tx: ChangeTransaction,
  changes: readonly PreparedChange[],
): Promise<PageRow[]> => {
  const rows = new Map<string, Promise<PageRow>>()
  const rowOf = (place: { log: LogId; page: number }): Promise<PageRow> => {
    const key = `${place.log}/${place.page}`
    const row = rows.get(key) ?? readPageRow(tx, place)
    rows.set(key, row)
    return row
  }
  const ofPages = changes.filter((change) => change.type !== 'holder')
  const targets = await Promise.all(
    ofPages.map(async (change) => [change, await rowOf('write' in change ? change.write : change)] as const),
  )
  for (const [change, row] of targets)
    if (change.type === 'drop') applyDrop(tx, row, change)
    else applyWrite(tx, row, change)
  const changed = await Promise.all(rows.values())
  const heads = unwrap(tx.objectStore('heads'))
  for (const row of changed) heads.put(row)
  return changed
}

/** Never goes down: an acknowledgement may come late, after a newer one (Y4). */
const applyHoldings = async (tx: ChangeTransaction, holdings: Holding[]): Promise<void> => {
  const store = tx.objectStore('holders')
  // One after the other: two of one batch may be about the same holder.
  for (const { log, page, holder, length } of holdings) {
    const known = await store.get([log, page, holder])
    if (!isHolding(known) || known.length < length) await store.put({ log, page, holder, length })
  }
}

/** Gives the rows of the pages that changed, as they are after it. */
export const applyChanges = async (
  tx: ChangeTransaction,
  changes: readonly PreparedChange[],
): Promise<PageRow[]> => {
  const holdings = changes.flatMap((change) => (change.type === 'holder' ? [change.holding] : []))
  const rows = await applyToPages(tx, changes)
  await applyHoldings(tx, holdings)
  return rows
}
