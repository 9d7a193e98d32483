import { unwrap, type IDBPTransaction, type StoreNames } from 'idb'
import type { StoreProblem } from '../core/ports.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { HearthDatabase, HearthSchema } from './database.ts'
import { toStoreProblem } from './store-problem.ts'

/** Settles with the transaction. idb's own `done` forgets which error it was when a request fails, QuotaExceeded too. */
const whenEnded = (tx: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    tx.addEventListener('complete', () => resolve())
    tx.addEventListener('abort', () => reject(tx.error ?? new DOMException('aborted', 'AbortError')))
  })

const abort = (tx: IDBTransaction): void => {
  try {
    tx.abort()
  } catch {
    // It has ended already, of the same cause.
  }
}

/** One readwrite transaction: resolves when it is on disk as `durability` asks, all of it or nothing. */
export const transact = async <const Stores extends StoreNames<HearthSchema>[], Answer>(
  { idb, whenWritable }: HearthDatabase,
  stores: Stores,
  durability: 'strict' | 'relaxed',
  work: (tx: IDBPTransaction<HearthSchema, Stores, 'readwrite'>) => Promise<Answer>,
): Promise<Result<Answer, StoreProblem>> => {
  try {
    await whenWritable
    const tx = idb.transaction(stores, 'readwrite', { durability })
    tx.done.catch(() => undefined)
    const ended = whenEnded(unwrap(tx))
    const worked = work(tx).catch((error: unknown) => {
      abort(unwrap(tx))
      throw error
    })
    const [answer] = await Promise.all([worked, ended])
    return ok(answer)
  } catch (error) {
    return fail(toStoreProblem(error))
  }
}
