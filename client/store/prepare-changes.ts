import type { Bytes } from '../../shared/crypto/bytes.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { LogId, PageWrite, StoreProblem } from '../core/ports.ts'
import type { Change } from './apply-changes.ts'
import type { HearthDatabase } from './database.ts'
import type { PageKey, PageKeys } from './page-keys.ts'
import { sealRow } from './page-seal.ts'
import { isPageRow } from './rows.ts'

/** A change with everything done to it that cannot be done within a transaction of IndexedDB: sealing takes turns of its own. */
export type PreparedChange =
  Exclude<Change, { type: 'page' }> | { type: 'page'; write: PageWrite; sealed: Bytes; key: string }

export interface Preparing {
  prepare(changes: readonly Change[]): Promise<Result<PreparedChange[], StoreProblem>>
  /** The key of a page now, so that what is merged is sealed with it too. */
  keyOf(log: LogId, page: number): Promise<Result<PageKey, StoreProblem>>
  /** What was prepared did not get to the disk. */
  forget(): void
}

export const createPreparing = (database: HearthDatabase, keys: PageKeys): Preparing => {
  /** By page, as they are once all that was prepared is on the disk. */
  const current = new Map<string, PageKey>()
  const nameOf = (log: LogId, page: number) => `${log}/${page}`

  const renew = async (log: LogId, page: number): Promise<Result<PageKey, StoreProblem>> => {
    const made = await keys.create()
    if (made.ok) current.set(nameOf(log, page), made.value)
    return made
  }
  const keyOf: Preparing['keyOf'] = async (log, page) => {
    const known = current.get(nameOf(log, page))
    if (known) return ok(known)
    const row: unknown = await database.idb.get('heads', [log, page])
    const stored = isPageRow(row) && row.key !== undefined ? await keys.find(row.key) : undefined
    if (!stored) return renew(log, page)
    current.set(nameOf(log, page), stored)
    return ok(stored)
  }

  return {
    keyOf,
    async prepare(changes) {
      const prepared: PreparedChange[] = []
      for (const change of changes) {
        if (change.type !== 'page') {
          if (change.type === 'drop') current.delete(nameOf(change.log, change.page))
          prepared.push(change)
          continue
        }
        const { write } = change
        const { log, page } = write
        const key = await (write.isWhole ? renew(log, page) : keyOf(log, page))
        if (!key.ok) return key
        const sealed = await sealRow(key.value, write, write.update)
        prepared.push({ type: 'page', write, sealed, key: key.value.id })
      }
      return ok(prepared)
    },
    forget: () => current.clear(),
  }
}
