import { openDB, unwrap, wrap, type DBSchema, type IDBPDatabase, type StoreNames } from 'idb'
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
  /** What the screen showed last (screen-store.ts). */
  screens: { key: string; value: unknown }
  /** [log, page, 'index' or 'texts'] → what a page can be found by, sealed with the page's key (segment-store.ts). */
  segments: { key: [string, number, string]; value: unknown }
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

const version = 3

const stores = {
  pages: {},
  journal: {},
  heads: { keyPath: ['log', 'page'] },
  timeline: {},
  holders: { keyPath: ['log', 'page', 'holder'] },
  marks: {},
  vault: {},
  screens: {},
  segments: {},
} satisfies Record<StoreNames<HearthSchema>, IDBObjectStoreParameters>
const storeNames = Object.keys(stores) as (keyof typeof stores)[]

const isMissingIn =
  (idb: IDBPDatabase<HearthSchema>) =>
  (store: keyof typeof stores): boolean =>
    !idb.objectStoreNames.contains(store)

/**
 * Versions only add, so that a tab of the last release works on with what a newer one has made: whatever is not there yet. Another store
 * is another version.
 */
const upgrade = (idb: IDBPDatabase<HearthSchema>): void => {
  for (const store of storeNames.filter(isMissingIn(idb))) idb.createObjectStore(store, stores[store])
}

/**
 * idb promises the end of every transaction, also of a read whose end nobody waits for: where one is cut short, its requests reject, and the
 * page would complain of that promise besides.
 */
const hearEveryEnd = (idb: IDBPDatabase<HearthSchema>): void => {
  const raw = unwrap(idb)
  const begin = raw.transaction.bind(raw)
  raw.transaction = (...how) => {
    const tx = begin(...how)
    wrap(tx).done.catch(() => undefined)
    return tx
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
    let idb = await open(version).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'VersionError') return open(undefined)
      throw error
    })
    // Lost with a disk, or with an upgrade that was cut short. What else is here still counts, and the rest comes from other devices.
    if (storeNames.some(isMissingIn(idb))) {
      const { version: damaged } = idb
      idb.close()
      idb = await open(damaged + 1)
    }
    hearEveryEnd(idb)
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
