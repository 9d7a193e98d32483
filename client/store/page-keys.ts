import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { toBase64Url } from '../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../shared/crypto/bytes.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { importSealingKey, type SealingKey } from '../core/crypto/aes-gcm.ts'
import type { StoreProblem } from '../core/ports.ts'
import { deleteForGood } from './fresh-log.ts'
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
  /** Of what the screen showed last. It goes whenever the key of a page does: what is erased there may have been on the screen. */
  createScreenKey(): Promise<PageKey | undefined>
  find(id: string): Promise<PageKey | undefined>
  readonly ids: Iterable<string>
  /** Lets go of all others, for good; resolves when they are in force no more. */
  keepOnly(ids: ReadonlySet<string>): Promise<Result<void, StoreProblem>>
  /** Resolves when no deletion is under way any more, which is a matter of half a second. */
  settle(): Promise<void>
  close(): void
}

/** Under this id there is one at most, which no page has. */
export const screenKeyId = 'AAAAAAAAAAA'

interface KeySchema extends DBSchema {
  /** By id, 32 bytes each. Never overwritten and never deleted one by one: Chromium would keep a copy of what was there. */
  keys: { key: string; value: unknown }
  /** `isWhole`: all the keys that it began with are in it. */
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

/** Those there are, the newest first. No number is ever used again, so that whatever is late cannot hit a later one. */
const listGenerations = async (name: string): Promise<number[]> => {
  const listed = await indexedDB.databases()
  const numbers = listed.flatMap(({ name: one }) =>
    one?.startsWith(name) ? Number(one.slice(name.length)) : [],
  )
  return numbers.filter((number) => Number.isSafeInteger(number)).sort((left, right) => right - left)
}

const readKeys = async (idb: KeyDatabase): Promise<Map<string, Bytes> | undefined> => {
  const tx = idb.transaction(['keys', 'state'])
  const keys = tx.objectStore('keys')
  const [isWhole, ids, values] = await Promise.all([
    tx.objectStore('state').get('isWhole'),
    keys.getAllKeys(),
    keys.getAll(),
  ])
  if (isWhole !== true) return undefined
  const found = ids.map((id, index) => [id, values[index]] as const)
  return new Map(found.flatMap(([id, value]) => (isKey(value) ? [[id, copyBytes(value)] as const] : [])))
}

/** On the disk when it resolves. */
const addKeys = async (idb: KeyDatabase, keys: Iterable<[string, Bytes]>): Promise<void> => {
  const tx = idb.transaction(['keys', 'state'], 'readwrite', { durability: 'strict' })
  const added = [...keys].map(([id, bytes]) => tx.objectStore('keys').add(bytes, id))
  await Promise.all([tx.objectStore('state').put(true, 'isWhole'), ...added, tx.done])
}

interface Opened {
  generation: number
  /** Higher than all there are. */
  nextGeneration: number
  idb: KeyDatabase
  keys: Map<string, Bytes>
}

/** The newest that is whole. What is older was to be deleted, what is newer was never finished. */
const openNewest = async (prefix: string): Promise<Opened & { others: number[] }> => {
  const generations = await listGenerations(prefix)
  const nextGeneration = Math.max(0, ...generations) + 1
  for (const generation of generations) {
    const idb = await openKeyDatabase(prefix + String(generation))
    const keys = await readKeys(idb)
    const others = generations.filter((one) => one !== generation)
    if (keys) return { generation, nextGeneration, idb, keys, others }
    idb.close()
  }
  const idb = await openKeyDatabase(prefix + String(nextGeneration))
  return {
    generation: nextGeneration,
    nextGeneration: nextGeneration + 1,
    idb,
    keys: new Map(),
    others: generations,
  }
}

/** Rejects where the disk cannot be read at all. */
export const openPageKeys = async (name: string): Promise<PageKeys> => {
  const prefix = `${name}-`
  const { others, ...newest } = await openNewest(prefix)
  let active: Opened = newest
  let isClosed = false
  const imported = new Map<string, Promise<SealingKey>>()

  const forget = (generation: number) => deleteForGood(prefix + String(generation), () => !isClosed)
  const forgetAll = async (generations: readonly number[]): Promise<void> => {
    for (const generation of generations) await forget(generation)
  }
  // A change of keys that was cut short ends here. One that fails is made up for at the next start.
  let forgetting = forgetAll(others).catch(() => undefined)

  const find = async (id: string): Promise<PageKey | undefined> => {
    const bytes = active.keys.get(id)
    if (!bytes) return undefined
    const key = imported.get(id) ?? importSealingKey(bytes)
    imported.set(id, key)
    return { id, key: await key }
  }

  const create = async (id: string): Promise<Result<PageKey, StoreProblem>> => {
    const bytes = crypto.getRandomValues(new Uint8Array(keyBytes))
    try {
      await addKeys(active.idb, [[id, bytes]])
    } catch (error) {
      return fail(toStoreProblem(error))
    }
    active.keys.set(id, bytes)
    return ok({ id, key: await importSealingKey(bytes) })
  }

  return {
    find,
    get ids() {
      return active.keys.keys()
    },

    create: () => create(toBase64Url(crypto.getRandomValues(new Uint8Array(idBytes)))),
    async createScreenKey() {
      const created = await create(screenKeyId)
      return created.ok ? created.value : undefined
    },

    async keepOnly(ids) {
      const before = active
      const generation = before.nextGeneration
      const keys = new Map([...before.keys].filter(([id]) => ids.has(id)))
      let idb: KeyDatabase | undefined
      try {
        idb = await openKeyDatabase(prefix + String(generation))
        await addKeys(idb, keys)
      } catch (error) {
        idb?.close()
        return fail(toStoreProblem(error))
      }
      active = { generation, nextGeneration: generation + 1, idb, keys }
      for (const id of before.keys.keys()) if (!keys.has(id)) imported.delete(id)
      before.idb.close()
      forgetting = forgetting.then(() => forget(before.generation)).catch(() => undefined)
      return ok(undefined)
    },

    settle: () => forgetting,
    close() {
      isClosed = true
      active.idb.close()
    },
  }
}
