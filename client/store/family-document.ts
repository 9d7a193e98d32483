import { IndexeddbPersistence } from 'y-indexeddb'
import type { Doc } from 'yjs'
import type { StoreProblem } from '../core/ports.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { toStoreProblem } from './store-problem.ts'

export interface StoredDocument {
  /** What the disk had is in the document. Until then, do not write what depends on its being new. */
  readonly whenLoaded: Promise<Result<void, StoreProblem>>
  /** What was in the document before the call is on disk. */
  flush(): Promise<Result<void, StoreProblem>>
  /** Flushes and lets go of the database; the document lives on, unsaved. */
  close(): Promise<Result<void, StoreProblem>>
}

/** y-indexeddb tells of no failure and of no write's end: so a transaction of ours, queued after its own, does (P5). */
const flushAfter = (idb: IDBDatabase): Promise<Result<void, StoreProblem>> =>
  new Promise((resolve) => {
    const failWith = (error: unknown): void => resolve(fail(toStoreProblem(error)))
    try {
      const tx = idb.transaction(['updates', 'custom'], 'readwrite', { durability: 'strict' })
      tx.oncomplete = () => resolve(ok(undefined))
      tx.onabort = () => failWith(tx.error)
      // It has to write something: an empty transaction syncs nothing.
      tx.objectStore('custom').put(1, 'flushed')
    } catch (error) {
      failWith(error)
    }
  })

/** Keeps `doc`, the small family document, in a database of its own called `name`. */
export const openFamilyDocument = (doc: Doc, name: string): StoredDocument => {
  const persistence = new IndexeddbPersistence(name, doc)
  const whenLoaded = new Promise<Result<void, StoreProblem>>((resolve) => {
    persistence.once('synced', () => resolve(ok(undefined)))
    persistence._db.catch((error: unknown) => resolve(fail(toStoreProblem(error))))
  })
  const flush = async (): Promise<Result<void, StoreProblem>> => {
    const loaded = await whenLoaded
    if (!loaded.ok) return loaded
    return persistence.db ? flushAfter(persistence.db) : fail({ type: 'storeClosed' })
  }
  return {
    whenLoaded,
    flush,
    async close() {
      const outcome = await flush()
      if ((await whenLoaded).ok) await persistence.destroy()
      return outcome
    },
  }
}
