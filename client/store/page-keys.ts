import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { toBase64Url } from '../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../shared/crypto/bytes.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { importSealingKey, type SealingKey } from '../core/crypto/aes-gcm.ts'
import type { StoreProblem } from '../core/ports.ts'
import { beginFreshLog } from './fresh-log.ts'
import { toStoreProblem } from './store-problem.ts'

/** What the rows of one page are sealed with, until something in it is erased. */
export interface PageKey {
  id: string
  key: SealingKey
}

/**
 * The keys of the pages on this disk, in a small database of its own (P4). A browser keeps what was overwritten in its files for as long as it
 * likes; Chromium's LevelDB for weeks. So pages lie there sealed, what is left of an erased entry is noise once the page's old key is gone, and
 * keys do go: their database is written anew without them, and the old one deleted, which every browser does at once.
 */
export interface PageKeys {
  /** A new one, on the disk before it is given. */
  create(): Promise<Result<PageKey, StoreProblem>>
  find(id: string): Promise<PageKey | undefined>
  readonly ids: Iterable<string>
  /** Lets go of all others, for good. */
  keepOnly(ids: ReadonlySet<string>): Promise<Result<void, StoreProblem>>
  /** Resolves when no deletion is under way any more. */
  settle(): Promise<void>
  close(): void
}

interface KeySchema extends DBSchema {
  /** By id, 32 bytes each. Never overwritten and never deleted one by one: Chromium would keep a copy of what was there. */
  keys: { key: string; value: unknown }
  /** `generation`: of two databases the one written last is the one in force. Absent in one that holds nothing yet. */
  state: { key: string; value: unknown }
}
type KeyDatabase = IDBPDatabase<KeySchema>

const idBytes = 8
const keyBytes = 32

const isKey = (value: unknown): value is Bytes => value instanceof Uint8Array && value.length === keyBytes

const openKeyDatabase = (name: string): Promise<KeyDatabase> =>
  openDB<KeySchema>(name, 1, {
    upgrade(idb) {
      idb.createObjectStore('keys')
      idb.createObjectStore('state')
    },
    // Whoever wipes this browser need not wait.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  })

interface Opened {
  name: string
  idb: KeyDatabase
  /** 0 where it holds nothing. */
  generation: number
}

const openOne = async (name: string): Promise<Opened> => {
  const idb = await openKeyDatabase(name)
  const generation: unknown = await idb.get('state', 'generation')
  return { name, idb, generation: Number.isSafeInteger(generation) ? Number(generation) : 0 }
}

const readAll = async (idb: KeyDatabase): Promise<Map<string, Bytes>> => {
  const tx = idb.transaction('keys')
  const [ids, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()])
  return new Map(
    ids.flatMap((id, index) => {
      const value = values[index]
      return isKey(value) ? [[id, copyBytes(value)] as const] : []
    }),
  )
}

/** Adds keys, and says which generation this is, on the disk. */
const addKeys = async (idb: KeyDatabase, generation: number, keys: Iterable<[string, Bytes]>) => {
  const tx = idb.transaction(['keys', 'state'], 'readwrite', { durability: 'strict' })
  const added = [...keys].map(([id, bytes]) => tx.objectStore('keys').add(bytes, id))
  await Promise.all([tx.objectStore('state').put(generation, 'generation'), ...added, tx.done])
}

/** Rejects where the disk cannot be read at all. */
export const openPageKeys = async (name: string): Promise<PageKeys> => {
  const both = await Promise.all([openOne(`${name}-a`), openOne(`${name}-b`)])
  const [newest, older] = both.sort((left, right) => right.generation - left.generation)
  if (!newest || !older) throw new Error('two were opened')
  let active = newest
  let spare = older.name
  const known = await readAll(active.idb)
  const imported = new Map<string, Promise<SealingKey>>()

  const forget = async (database: string): Promise<void> => {
    await deleteDB(database)
    // Chromium lets go of the bytes with the log that they are in.
    await beginFreshLog()
  }
  older.idb.close()
  // A change of keys that was cut short ends here.
  let forgetting: Promise<void> = older.generation > 0 ? forget(spare) : Promise.resolve()
  forgetting.catch(() => undefined) // tried again with the next change of keys, which tells

  const find = async (id: string): Promise<PageKey | undefined> => {
    const bytes = known.get(id)
    if (!bytes) return undefined
    const key = imported.get(id) ?? importSealingKey(bytes)
    imported.set(id, key)
    return { id, key: await key }
  }

  return {
    find,
    get ids() {
      return known.keys()
    },

    async create() {
      const id = toBase64Url(crypto.getRandomValues(new Uint8Array(idBytes)))
      const bytes = crypto.getRandomValues(new Uint8Array(keyBytes))
      const generation = Math.max(1, active.generation)
      try {
        await addKeys(active.idb, generation, [[id, bytes]])
      } catch (error) {
        return fail(toStoreProblem(error))
      }
      active = { ...active, generation }
      known.set(id, bytes)
      return ok({ id, key: await importSealingKey(bytes) })
    },

    async keepOnly(ids) {
      const kept = [...known].filter(([id]) => ids.has(id))
      const before = active
      const generation = before.generation + 1
      let next: Opened | undefined
      try {
        await forgetting.catch(() => forget(spare))
        next = await openOne(spare)
        await addKeys(next.idb, generation, kept)
      } catch (error) {
        next?.idb.close()
        return fail(toStoreProblem(error))
      }
      active = { ...next, generation }
      for (const id of [...known.keys()].filter((one) => !ids.has(one))) {
        known.delete(id)
        imported.delete(id)
      }
      spare = before.name
      before.idb.close()
      forgetting = forget(spare)
      forgetting.catch(() => undefined)
      return ok(undefined)
    },

    async settle() {
      await forgetting.catch(() => undefined)
    },
    close: () => active.idb.close(),
  }
}
