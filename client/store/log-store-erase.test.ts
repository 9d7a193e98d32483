import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { PageWrite } from '../core/ports.ts'
import { openPageKeys } from './page-keys.ts'
import { openRow } from './page-seal.ts'
import { log } from './testing/log-store-contract.ts'
import { forceClose, openStore } from './testing/open-store.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const secret = Buffer.from('the secret words, which nobody is to find again')

const appendOf = (seq: number, bytes: Uint8Array, page = 0): PageWrite => {
  const doc = new Y.Doc()
  doc.clientID = 7
  doc.getArray('7').insert(0, [Array.from({ length: seq }, () => new Uint8Array(1)), [bytes]].flat(0))
  return {
    log,
    page,
    update: new Uint8Array(Y.encodeStateAsUpdate(doc)),
    heads: [{ feed: 7, device: 'd'.repeat(43) as DeviceId, length: seq + 1, hash: new Uint8Array(32) }],
    messageCount: seq + 1,
    timeline: [],
    durability: 'relaxed',
  }
}
const saying = (page = 0) => appendOf(0, new Uint8Array(secret), page)
const erasing = (page = 0): PageWrite => ({ ...appendOf(0, new Uint8Array(3), page), isWhole: true })

/** Every value of every store of every database of this browser, as bytes. */
const everything = async (): Promise<Buffer[]> => {
  const found: Buffer[] = []
  const collect = (value: unknown): void => {
    if (value instanceof Uint8Array) found.push(Buffer.from(value))
    else if (typeof value === 'string') found.push(Buffer.from(value))
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  for (const { name } of await indexedDB.databases()) {
    const idb = await openDB(name ?? '')
    for (const store of idb.objectStoreNames) (await idb.getAll(store)).forEach(collect)
    idb.close()
  }
  return found
}
const keysNow = async () => {
  const found: Buffer[] = []
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('hearth-page-keys')) continue
    const idb = await openDB(name)
    found.push(...(await idb.getAll('keys')).map((key: Uint8Array) => Buffer.from(key)))
    idb.close()
  }
  return found
}

test('P4: what a page holds is nowhere in the browser’s databases but under the page’s key', async () => {
  const { store } = await openStore()
  await store.write(saying())
  expect((await everything()).some((bytes) => bytes.includes(secret))).toBe(false)
  expect(await keysNow()).toHaveLength(1)
})

test('P4: after an erasure the key is gone that opened what was there, and with it every copy that may lie about', async () => {
  const { store, database } = await openStore()
  await store.write(saying(0))
  await store.write(saying(1))
  const stale: unknown = await database.idb.get('journal', [log, 0, 0])
  const other: unknown = await database.idb.get('journal', [log, 1, 0])
  const place = { log, page: 0 }
  const before = await keysNow()
  const keys = await database.pageKeys()
  expect(await openRow(keys, place, stale)).toBeDefined()
  expect(await store.write(erasing(0))).toEqual({ ok: true, value: undefined })
  await store.close()
  await keys.settle()

  const after = await keysNow()
  expect(after).toHaveLength(2)
  const kept = before.filter((key) => after.some((one) => one.equals(key)))
  expect(kept, 'of the page that nothing was erased of').toHaveLength(1)
  const gone = before.find((key) => !kept.includes(key))
  expect((await everything()).some((bytes) => bytes.equals(gone ?? secret))).toBe(false)
  database.close()
  const again = await openPageKeys('hearth-page-keys')
  expect(await openRow(again, place, stale)).toBeUndefined()
  expect(await openRow(again, { log, page: 1 }, other)).toBeDefined()
  again.close()
})

test('P4: what was merged, erased and written on since opens with the new key', async () => {
  const { store, database } = await openStore({ journalRows: 2 })
  for (let seq = 0; seq < 5; seq++) await store.write(appendOf(seq, new Uint8Array([seq])))
  await store.write({ ...appendOf(4, new Uint8Array([9])), isWhole: true })
  for (let seq = 5; seq < 12; seq++) await store.write(appendOf(seq, new Uint8Array([seq])))
  await store.close()
  database.close()
  const again = await openStore()
  expect(await again.store.loadPage(log, 0)).toMatchObject({ damagedRows: 0, messageCount: 12 })
  await (await again.database.pageKeys()).settle()
  expect(await keysNow()).toHaveLength(1)
})

test('P4: a dropped page takes its key along', async () => {
  const { store, database } = await openStore()
  await store.write(saying())
  await store.dropPage(log, 0, [])
  await store.close()
  await (await database.pageKeys()).settle()
  expect(await keysNow()).toHaveLength(0)
})

test('P4: a change of keys that fails is made up for after the next write', async () => {
  const { store, database } = await openStore()
  await store.write(saying())
  const [old] = await keysNow()
  const add = IDBObjectStore.prototype.add
  let refused = 0
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value, key) {
    // The new key of the page itself goes to the database in force; the change of keys is what follows.
    if (this.name === 'keys' && refused++ === 1) throw new DOMException('full', 'QuotaExceededError')
    return add.call(this, value, key)
  })
  expect(await store.write(erasing())).toEqual({ ok: true, value: undefined })
  await store.saveHolder({ log, page: 0, holder: 'd'.repeat(43) as DeviceId, length: 1 })
  await store.close()
  await (await database.pageKeys()).settle()
  const now = await keysNow()
  expect(now).toHaveLength(1)
  expect(now[0]?.equals(old!)).toBe(false)
})

test('P4: a browser that ends in the middle of a change of keys ends it at the next start, or begins it anew', async () => {
  const { store, database } = await openStore()
  await store.write(saying(0))
  await store.write(saying(1))
  await store.close()
  const ids = [...(await database.pageKeys()).ids]
  database.close()
  /** A database of keys as a change of them leaves it, when it is whole and when it is not. */
  const leave = async (generation: number, isWhole: boolean) => {
    const idb = await openDB(`hearth-page-keys-${generation}`, 1, {
      upgrade(upgraded) {
        for (const name of ['keys', 'state']) upgraded.createObjectStore(name)
      },
    })
    if (isWhole) await idb.put('state', true, 'isWhole')
    await idb.put('keys', new Uint8Array(32), ids[0])
    idb.close()
  }
  await leave(2, true)
  await leave(3, false)
  const again = await openPageKeys('hearth-page-keys')
  await again.settle()
  expect([...again.ids]).toEqual([ids[0]])
  expect((await indexedDB.databases()).flatMap(({ name }) => name ?? []).sort()).toEqual([
    'hearth',
    'hearth-page-keys-2',
  ])
  expect((await again.keepOnly(new Set())).ok).toBe(true)
  await again.settle()
  expect((await indexedDB.databases()).flatMap(({ name }) => name ?? []).sort()).toEqual([
    'hearth',
    'hearth-page-keys-4',
  ])
  again.close()
})

test('P4: a browser that ends before any change of keys does it after the first write of the next start', async () => {
  const { store, database } = await openStore()
  await store.write(saying())
  await store.close()
  forceClose(database)
  // A key that no page has any more.
  const keys = await openPageKeys('hearth-page-keys')
  await keys.create()
  keys.close()
  expect(await keysNow()).toHaveLength(2)
  const again = await openStore()
  expect(await again.store.loadPage(log, 0)).toMatchObject({ damagedRows: 0 })
  await again.store.write(saying(1))
  await again.store.close()
  await (await again.database.pageKeys()).settle()
  expect(await keysNow()).toHaveLength(2)
  expect(await again.store.loadPage(log, 0)).toMatchObject({ damagedRows: 0 })
})

test('P6: a damaged page in which something is erased is known as damaged still', async () => {
  const { store, database } = await openStore()
  await store.write(saying())
  await database.idb.put('journal', new Uint8Array(40), [log, 0, 0])
  expect(await store.loadPage(log, 0)).toMatchObject({ damagedRows: 1 })
  await store.write({ ...erasing(), isDamaged: true })
  expect(await store.loadPage(log, 0)).toMatchObject({ damagedRows: 1 })
})
