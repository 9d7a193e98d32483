import { unwrap, type IDBPTransaction } from 'idb'
import type { FeedHead, Holding, PageWrite } from '../core/ports.ts'
import type { HearthSchema } from './database.ts'
import { isHolding, isPageRow, startingWith, toRowKey, type PageRow } from './rows.ts'

export const changedStores: ('journal' | 'heads' | 'timeline' | 'holders')[] = [
  'journal',
  'heads',
  'timeline',
  'holders',
]
export type ChangeTransaction = IDBPTransaction<HearthSchema, typeof changedStores, 'readwrite'>

export type Change = { type: 'page'; write: PageWrite } | { type: 'holder'; holding: Holding }

const mergeHeads = (heads: FeedHead[], newer: FeedHead[]): FeedHead[] => {
  const byFeed = new Map([...heads, ...newer].map((head) => [head.feed, head]))
  return [...byFeed.values()]
}

/** What is known of a page. Without a row, or with a damaged one, the journal itself says where it ends. */
const readPageRow = async (tx: ChangeTransaction, { log, page }: PageWrite): Promise<PageRow> => {
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

const applyWrites = async (tx: ChangeTransaction, writes: PageWrite[]): Promise<PageRow[]> => {
  const rows = new Map<string, Promise<PageRow>>()
  const rowOf = (write: PageWrite): Promise<PageRow> => {
    const key = `${write.log}/${write.page}`
    const row = rows.get(key) ?? readPageRow(tx, write)
    rows.set(key, row)
    return row
  }
  const targets = await Promise.all(
    writes.map(async (write): Promise<[PageWrite, PageRow]> => [write, await rowOf(write)]),
  )
  // Bare requests: a promise each would cost more than the put, and a failed one aborts the transaction anyway.
  const journal = unwrap(tx.objectStore('journal'))
  const timeline = unwrap(tx.objectStore('timeline'))
  const heads = unwrap(tx.objectStore('heads'))
  for (const [write, row] of targets) {
    journal.put(write.update, [row.log, row.page, row.journalEnd++])
    for (const key of write.timeline) timeline.put(0, toRowKey(write.log, key))
    row.heads = mergeHeads(row.heads, write.heads)
    row.messageCount = write.messageCount
  }
  const changed = await Promise.all(rows.values())
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
export const applyChanges = async (tx: ChangeTransaction, changes: Change[]): Promise<PageRow[]> => {
  const writes = changes.flatMap((change) => (change.type === 'page' ? [change.write] : []))
  const holdings = changes.flatMap((change) => (change.type === 'holder' ? [change.holding] : []))
  const rows = await applyWrites(tx, writes)
  await applyHoldings(tx, holdings)
  return rows
}
