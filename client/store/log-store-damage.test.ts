import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { unwrap } from 'idb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { PageWrite } from '../core/ports.ts'
import { log } from './testing/log-store-contract.ts'
import { openStore } from './testing/open-store.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Writes that each add one entry to the one feed of a page. */
const createWrites = (count: number): PageWrite[] => {
  const doc = new Y.Doc()
  doc.clientID = 7
  return Array.from({ length: count }, (_, seq) => {
    const before = Y.encodeStateVector(doc)
    doc.getArray('7').insert(seq, [[new Uint8Array(300).fill(seq)]])
    return {
      log,
      page: 0,
      update: new Uint8Array(Y.encodeStateAsUpdate(doc, before)),
      heads: [{ feed: 7, device: 'd'.repeat(43) as DeviceId, length: seq + 1, hash: new Uint8Array(32) }],
      messageCount: seq + 1,
      timeline: [{ ms: seq, counter: 0, feed: 7, page: 0, seq }],
      durability: 'relaxed' as const,
    }
  })
}

const lengthOf = (updates: Uint8Array[]): number => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getArray('7').length
}

test('P5: writes asked for together share a transaction, strict if one of them is', async () => {
  const { store, database } = await openStore()
  await database.whenWritable
  const transaction = vi.spyOn(unwrap(database.idb), 'transaction')
  const [first, second, third] = createWrites(3)
  await Promise.all([
    store.write(first!),
    store.write({ ...second!, durability: 'strict' }),
    store.write(third!),
  ])
  const ofJournal = transaction.mock.calls.filter(([stores]) => [stores].flat().includes('journal'))
  expect(ofJournal.map(([, mode, options]) => [mode, options])).toEqual([
    ['readwrite', { durability: 'strict' }],
  ])
})

test('P5: a full disk is told as such, keeps nothing of the write, and later writes are welcome', async () => {
  const { store } = await openStore()
  const [write] = createWrites(1)
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const outcomes = await Promise.all([store.write(write!), store.write(write!)])
  expect(outcomes).toEqual(Array(2).fill({ ok: false, problem: { type: 'quotaExceeded' } }))
  expect(await store.loadPage(log, 0)).toBeUndefined()
  expect(await store.readTimeline(log, { limit: 1 })).toEqual([])
  expect(await store.write(write!)).toEqual({ ok: true, value: undefined })
})

test('P5: what waits behind a failed write fails with it, so that no entry is on disk without the one before', async () => {
  const { store } = await openStore()
  const [write, next] = createWrites(2)
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const first = store.write(write!)
  // The first transaction has begun and reads; this one waits for the next.
  await Promise.resolve()
  await Promise.resolve()
  expect(await Promise.all([first, store.write(next!)])).toEqual(
    Array(2).fill({ ok: false, problem: { type: 'quotaExceeded' } }),
  )
})

test('P5: a write that cannot be stored at all fails as a value', async () => {
  const { store } = await openStore()
  const outcome = await store.write({ ...createWrites(1)[0]!, page: Number.NaN })
  expect(outcome).toMatchObject({ ok: false, problem: { type: 'storeFailed' } })
})

test('P1: a long journal is merged into a snapshot that holds one struct a feed', async () => {
  const { store, database } = await openStore({ journalRows: 20 })
  for (const write of createWrites(50)) await store.write(write)
  await store.close()
  expect(await database.idb.count('journal')).toBeLessThanOrEqual(20)
  const page = await store.loadPage(log, 0)
  expect(lengthOf(page?.updates ?? [])).toBe(50)
  expect(Y.decodeUpdate(page!.updates[0]!).structs.length).toBe(1)
})

test('P5: a compaction that is cut short leaves the page as it was', async () => {
  const { store } = await openStore({ journalRows: 5 })
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('cut', 'UnknownError')
  })
  for (const write of createWrites(12)) expect((await store.write(write)).ok).toBe(true)
  await store.close()
  const page = await store.loadPage(log, 0)
  expect(lengthOf(page?.updates ?? [])).toBe(12)
  expect(page?.damagedRows).toBe(0)
})

test('P5: a damaged row is passed over and counted, the rest is kept and nothing is merged over it', async () => {
  const onDamage = vi.fn()
  const { store, database } = await openStore({ journalRows: 5, onDamage })
  const writes = createWrites(9)
  for (const write of writes.slice(0, 4)) await store.write(write)
  await database.idb.put('journal', new Uint8Array([1, 2, 3]), [log, 0, 1])
  await database.idb.put('journal', 'not bytes', [log, 0, 2])
  for (const write of writes.slice(4)) await store.write(write)
  await store.close()
  const page = await store.loadPage(log, 0)
  expect(page?.updates.length).toBe(7)
  expect(page?.damagedRows).toBe(2)
  expect(page?.heads).toMatchObject([{ feed: 7, length: 9 }])
  expect(onDamage).toHaveBeenCalledWith({ store: 'pages', rows: 2 })
  // The two that are missing come again from another device: Yjs kept what waits for them.
  const doc = new Y.Doc()
  for (const update of page!.updates) Y.applyUpdate(doc, update)
  for (const write of writes.slice(1, 3)) Y.applyUpdate(doc, write.update)
  expect(doc.getArray('7').length).toBe(9)
})

test('P5: a damaged summary is passed over, and the journal it forgot is not written over', async () => {
  const onDamage = vi.fn()
  const { store, database } = await openStore({ onDamage })
  const writes = createWrites(3)
  await store.write(writes[0]!)
  await store.write(writes[1]!)
  await database.idb.put('heads', { log, page: 0, heads: 'gone' })
  await database.idb.put('holders', { log, page: 0, holder: 'x', length: -1 })
  expect(await store.summaries()).toEqual(new Map())
  expect(await store.readHolders(log)).toEqual([])
  expect(onDamage.mock.calls).toEqual([[{ store: 'heads', rows: 1 }], [{ store: 'holders', rows: 1 }]])
  await store.write(writes[2]!)
  const page = await store.loadPage(log, 0)
  expect(lengthOf(page?.updates ?? [])).toBe(3)
})

test('P5: a row that the browser itself cannot read costs that row only', async () => {
  const { store } = await openStore()
  for (const write of createWrites(5)) await store.write(write)
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementationOnce(() => {
    throw new DOMException('lost', 'UnknownError')
  })
  const get = IDBObjectStore.prototype.get
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
    if (Array.isArray(key) && key[2] === 4) throw new DOMException('lost', 'UnknownError')
    return get.call(this, key)
  })
  const page = await store.loadPage(log, 0)
  expect(lengthOf(page?.updates ?? [])).toBe(4)
  expect(page?.damagedRows).toBe(1)
})

test('P5: a read of a closed database rejects with the problem, and never gives an empty page', async () => {
  const { store, database } = await openStore()
  await store.write(createWrites(1)[0]!)
  database.close()
  await expect(store.loadPage(log, 0)).rejects.toMatchObject({ problem: { type: 'storeClosed' } })
  await expect(store.summaries()).rejects.toMatchObject({ problem: { type: 'storeClosed' } })
  expect(await store.write(createWrites(1)[0]!)).toEqual({ ok: false, problem: { type: 'storeClosed' } })
})
