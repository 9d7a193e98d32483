import { unwrap } from 'idb'
import * as Y from 'yjs'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { LogId, StoreProblem } from '../core/ports.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { HearthDatabase } from './database.ts'
import type { PageKeys } from './page-keys.ts'
import { sealRow } from './page-seal.ts'
import type { Preparing } from './prepare-changes.ts'
import { openUpdates, readAtOnce } from './read-page.ts'
import { isPageRow, startingWith } from './rows.ts'
import { toStoreProblem } from './store-problem.ts'
import { transact } from './transact.ts'

/**
 * The updates as one. Through a document and not `Y.mergeUpdates`: that leaves every entry a struct of its own, which
 * loads 20 times slower. What still waits for others stays in it.
 */
const merge = (updates: readonly Uint8Array[]): Bytes => {
  const document = new Y.Doc()
  document.transact(() => {
    for (const update of updates) Y.applyUpdate(document, update)
  })
  const merged = Y.encodeStateAsUpdate(document)
  document.destroy()
  return new Uint8Array(merged)
}

/**
 * Merges a page's journal into its snapshot; false for a page with a damaged row, which is left as it is. Called in between writes, so
 * that the page stays as it was read. Its rows change in one transaction, so that an end at any moment leaves the page as before or as
 * after; strict, since the rows it deletes were.
 */
export const compactPage = async (
  database: HearthDatabase,
  { keys, preparing }: { keys: PageKeys; preparing: Preparing },
  log: LogId,
  page: number,
): Promise<Result<boolean, StoreProblem>> => {
  const read = await readAtOnce(database, log, page).catch((error: unknown) => toStoreProblem(error))
  if ('type' in read) return fail(read)
  const rows = read.snapshot === undefined ? read.journal : [read.snapshot, ...read.journal]
  const updates = await openUpdates(keys, { log, page }, rows)
  if (updates.length < rows.length) return ok(false)
  const key = await preparing.keyOf(log, page)
  if (!key.ok) return key
  const sealed = await sealRow(key.value, { log, page }, merge(updates))
  return transact(database, ['pages', 'journal', 'heads'], 'strict', async (tx) => {
    const pageRow = await tx.objectStore('heads').get([log, page])
    if (!isPageRow(pageRow)) return false
    // Bare requests: one that fails aborts the transaction, and that is told by its end.
    unwrap(tx.objectStore('pages')).put(sealed, [log, page])
    unwrap(tx.objectStore('journal')).delete(startingWith([log, page]))
    unwrap(tx.objectStore('heads')).put({ ...pageRow, journalStart: pageRow.journalEnd })
    return true
  })
}
