import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDatabase } from './database.ts'
import { keepStorage } from './persistence.ts'
import { forceClose, mustOpen } from './testing/open-store.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('P7: an old tab lets go of the database when a newer one needs it, and says so', async () => {
  const onReleased = vi.fn()
  const old = await mustOpen({ onReleased })
  const newer = await openDB('hearth', 4)
  expect(newer.version).toBe(4)
  expect(onReleased.mock.calls).toEqual([['newerTab']])
  expect(() => old.idb.transaction('pages')).toThrow()
})

test('P7: a tab of this release works on with what a newer release has made', async () => {
  const first = await mustOpen()
  await first.idb.put('pages', new Uint8Array([1]), ['log', 0])
  first.close()
  const newer = await openDB('hearth', 4, { upgrade: (idb) => void idb.createObjectStore('search') })
  newer.close()
  const again = await mustOpen()
  expect(await again.idb.get('pages', ['log', 0])).toEqual(new Uint8Array([1]))
})

test('P7: what the first version has kept stays where marks are added', async () => {
  const first = await openDB('hearth', 1, {
    upgrade(idb) {
      for (const store of ['pages', 'journal', 'timeline', 'vault']) idb.createObjectStore(store)
      idb.createObjectStore('heads', { keyPath: ['log', 'page'] })
      idb.createObjectStore('holders', { keyPath: ['log', 'page', 'holder'] })
    },
  })
  await first.put('vault', 'kept', 'deviceSeed')
  first.close()
  const now = await mustOpen()
  expect(await now.idb.get('vault', 'deviceSeed')).toBe('kept')
  expect(await now.idb.getAll('marks')).toEqual([])
})

test('P7, ux 42: a database that lacks a store gets it, and keeps what it has', async () => {
  const damaged = await openDB('hearth', 3, {
    upgrade(idb) {
      for (const store of ['pages', 'journal', 'vault', 'marks']) idb.createObjectStore(store)
    },
  })
  await damaged.put('vault', 'kept', 'deviceSeed')
  damaged.close()
  for (const turn of ['mended', 'opened again']) {
    const now = await mustOpen()
    expect([turn, await now.idb.get('vault', 'deviceSeed')]).toEqual([turn, 'kept'])
    expect(await now.idb.getAll('heads')).toEqual([])
    expect(now.idb.transaction('heads').store.keyPath).toEqual(['log', 'page'])
    expect(await now.idb.getAll('segments')).toEqual([])
    now.close()
  }
})

test('P5: in Chromium a start begins a fresh log before the first write, and leaves nothing behind', async () => {
  vi.stubGlobal('NavigatorUAData', {})
  const deleted = vi.spyOn(indexedDB, 'deleteDatabase')
  const database = await mustOpen()
  await database.whenWritable
  expect(deleted.mock.calls).toEqual([['hearth-fresh-log']])
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['hearth'])
})

test('P7: a database that the browser takes away is told of', async () => {
  const onReleased = vi.fn()
  const database = await mustOpen({ onReleased })
  forceClose(database)
  await vi.waitFor(() => expect(onReleased.mock.calls).toEqual([['terminated']]))
})

test('P5: a read that is cut short is heard of once, by who asked for it', async () => {
  const { idb } = await mustOpen()
  const unheard = vi.fn()
  process.on('unhandledRejection', unheard)
  const tx = idb.transaction('heads')
  const read = tx.store.getAll()
  tx.abort()
  await expect(read).rejects.toThrow()
  // What nobody listens to is told of once all that is due has run.
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', unheard)
  expect(unheard).not.toHaveBeenCalled()
})

test('P5: a browser that refuses a database gives a problem, not an exception', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('no disk', 'UnknownError')
  })
  expect(await openDatabase()).toEqual({
    ok: false,
    problem: { type: 'storeFailed', detail: 'UnknownError: no disk' },
  })
})

test('P5: storage is asked to be kept once, and a browser that cannot say is taken as a no', async () => {
  const persist = vi.fn(() => Promise.resolve(true))
  const manager = (isKept: () => Promise<boolean>): StorageManager =>
    ({ persisted: isKept, persist }) as unknown as StorageManager
  expect(await keepStorage(manager(() => Promise.resolve(true)))).toBe(true)
  expect(persist).not.toHaveBeenCalled()
  expect(await keepStorage(manager(() => Promise.resolve(false)))).toBe(true)
  expect(await keepStorage(manager(() => Promise.reject(new Error('private window'))))).toBe(false)
  expect(await keepStorage(undefined)).toBe(false)
})
