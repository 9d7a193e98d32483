import type { LogId, StoreProblem } from '../core/ports.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { CompactPage } from './create-space.ts'
import type { HearthDatabase } from './database.ts'
import { isPageRow, startingWith } from './rows.ts'

const bytesOf = (rows: readonly unknown[]): number =>
  rows.reduce<number>((sum, row) => sum + (row instanceof Uint8Array ? row.length : 0), 0)

const measurePage = async ({ idb }: HearthDatabase, log: LogId, page: number): Promise<number> => {
  const [snapshot, journal] = await Promise.all([
    idb.get('pages', [log, page]),
    idb.getAll('journal', startingWith([log, page])),
  ])
  return bytesOf([snapshot, ...journal])
}

/**
 * Merges every journal into its page's snapshot, not only the long ones: an update of its own costs each row 36 bytes of seal and the head of a
 * Yjs update. Gives the bytes that this freed. A page that cannot be read is left as it is.
 */
export const tidyPages = async (
  database: HearthDatabase,
  compact: CompactPage,
): Promise<Result<number, StoreProblem>> => {
  let freedBytes = 0
  for (const row of (await database.idb.getAll('heads')).filter(isPageRow)) {
    const { log, page, journalStart, journalEnd } = row
    if (journalEnd === journalStart) continue
    try {
      const before = await measurePage(database, log, page)
      const compacted = await compact(log, page)
      if (!compacted.ok) return compacted
      if (compacted.value) freedBytes += Math.max(0, before - (await measurePage(database, log, page)))
    } catch {
      // A damaged page, which heals in its own way.
    }
  }
  return ok(freedBytes)
}
