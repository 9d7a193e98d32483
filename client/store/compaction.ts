import { unwrap } from 'idb'
import * as Y from 'yjs'
import type { LogId, StoreProblem } from '../core/ports.ts'
import type { Result } from '../../shared/result.ts'
import type { HearthDatabase } from './database.ts'
import { isPageRow, isUpdate, startingWith } from './rows.ts'
import { transact } from './transact.ts'

/**
 * The updates as one. Through a document and not `Y.mergeUpdates`: that leaves every entry a struct of its own, which
 * loads 20 times slower, and keeps the content of what was deleted (P4). What still waits for others stays in it.
 */
const merge = (updates: Uint8Array<ArrayBuffer>[]): Uint8Array => {
  const document = new Y.Doc()
  document.transact(() => {
    for (const update of updates) Y.applyUpdate(document, update)
  })
  const merged = Y.encodeStateAsUpdate(document)
  document.destroy()
  return merged
}

/**
 * Merges a page's journal into its snapshot; false for a page with a damaged row, which is left as it is. One
 * transaction, so that an end at any moment leaves the page as before or as after; strict, since the rows it deletes were.
 */
export const compactPage = (
  database: HearthDatabase,
  log: LogId,
  page: number,
): Promise<Result<boolean, StoreProblem>> =>
  transact(database, ['pages', 'journal', 'heads'], 'strict', async (tx) => {
    const [snapshot, rows, pageRow] = await Promise.all([
      tx.objectStore('pages').get([log, page]),
      tx.objectStore('journal').getAll(startingWith([log, page])),
      tx.objectStore('heads').get([log, page]),
    ])
    const updates = snapshot === undefined ? rows : [snapshot, ...rows]
    if (!isPageRow(pageRow) || !updates.every(isUpdate)) return false
    const merged = merge(updates)
    // Bare requests: one that fails aborts the transaction, and that is told by its end.
    unwrap(tx.objectStore('pages')).put(merged, [log, page])
    unwrap(tx.objectStore('journal')).delete(startingWith([log, page]))
    unwrap(tx.objectStore('heads')).put({ ...pageRow, journalStart: pageRow.journalEnd })
    return true
  })
