import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { StoreProblem } from '../core/ports.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { beginFreshLog } from './fresh-log.ts'
import { openPageKeys, type PageKeys } from './page-keys.ts'
import { toStoreProblem } from './store-problem.ts'

/** Values are `unknown`: what a disk gives back is parsed like anything else from outside (rows.ts). */
export interface HearthSchema extends DBSchema {
  /** [log, page] → the page's snapshot, one Yjs update. */
  pages: { key: [string, number]; value: unknown }
  /** [log, page, row] → the Yjs updates since, in order. */
  journal: { key: [string, number, number]; value: unknown }
  /** PageRow, keyed by its log and page: all that sync needs to know of a page. */
  heads: { key: [string, number]; value: unknown }
  /** [log, −ms, −counter, −feed, −page, −seq]: what shows, the newest first. */
  timeline: { key: [string, number, number, number, number, number]; value: unknown }
  /** Holding, keyed by its log, page and holder. */
  holders: { key: [string, number, string]; value: unknown }
  /** [type, …what it names] → ReadingRow: how far people have read, who was here when (reading-store.ts). */
  marks: { key: string[]; value: unknown }
  vault: { key: string; value: unknown }
}

export interface HearthDatabase {
  readonly idb: IDBPDatabase<HearthSchema>
  /** Writes wait for it, reads do not. Never rejects. */
  readonly whenWritable: Promise<void>
  /** What the rows of pages are sealed with: opened when first asked for. Rejects where the disk cannot be read. */
  pageKeys(): Promise<PageKeys>
  /** What is running finishes; what comes later gets `storeClosed`. */
  close(): void
}

export interface DatabaseOptions {
  name?: string
  /** The database was closed under us: a newer Hearth in another tab needs it, or the browser took it away. */
  onReleased?: (why: 'newerTab' | 'terminated') => void
  /** A tab of an older Hearth holds the database and has not let go when asked. */
  onBlocked?: () => void
}

const version = 2

/**
 * Versions only add, so that a tab of the last release works on with what a newer one has made. What is to be added before version 2 is
 * released goes to its lines here and into `HearthSchema`; after that it is version 3, with an `if` of its own.
 */
const upgrade = (idb: IDBPDatabase<HearthSchema>, oldVersion: number): void => {
  if (oldVersion < 1) {
    for (const store of ['pages', 'journal', 'timeline', 'vault'] as const) idb.createObjectStore(store)
    idb.createObjectStore('heads', { keyPath: ['log', 'page'] })
    idb.createObjectStore('holders', { keyPath: ['log', 'page', 'holder'] })
  }
  if (oldVersion < 2) {
    idb.createObjectStore('marks')
  }
}

export const openDatabase = async (
  options: DatabaseOptions = {},
): Promise<Result<HearthDatabase, StoreProblem>> => {
  const { name = 'hearth', onReleased, onBlocked } = options
  const open = (asVersion: number | undefined): Promise<IDBPDatabase<HearthSchema>> =>
    openDB<HearthSchema>(name, asVersion, {
      upgrade,
      blocked: () => onBlocked?.(),
      blocking(_current, _next, event) {
        if (event.target instanceof IDBDatabase) event.target.close()
        onReleased?.('newerTab')
      },
      terminated: () => onReleased?.('terminated'),
    })
  try {
    const idb = await open(version).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'VersionError') return open(undefined)
      throw error
    })
    const closeKeys = (keys: PageKeys) => keys.close()
    let keys: Promise<PageKeys> | undefined
    return ok({
      idb,
      whenWritable: beginFreshLog(),
      pageKeys: () => (keys ??= openPageKeys(`${name}-page-keys`)),
      close() {
        idb.close()
        keys?.then(closeKeys, () => undefined)
      },
    })
  } catch (error) {
    return fail(toStoreProblem(error))
  }
}
