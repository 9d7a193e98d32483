import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { StorageFacts } from '../core/device-storage.ts'
import type { PageWrite } from '../core/ports.ts'
import { log } from './testing/log-store-contract.ts'
import { openStore } from './testing/open-store.ts'
import { createUnsentMessages } from './unsent-messages.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const createWrites = (count: number): PageWrite[] => {
  const doc = new Y.Doc()
  doc.clientID = 7
  return Array.from({ length: count }, (_, seq) => {
    const before = Y.encodeStateVector(doc)
    doc.getArray('7').insert(seq, [new Uint8Array(300).fill(seq)])
    return {
      log,
      page: 0,
      update: new Uint8Array(Y.encodeStateAsUpdate(doc, before)),
      heads: [{ feed: 7, device: 'd'.repeat(43) as DeviceId, length: seq + 1, hash: new Uint8Array(32) }],
      messageCount: seq + 1,
      timeline: [],
      durability: 'relaxed' as const,
    }
  })
}

const lookAt = async (store: Awaited<ReturnType<typeof openStore>>['store']) => {
  let facts: Partial<StorageFacts> = {}
  await store.space?.look((found) => (facts = { ...facts, ...found })).done
  return facts
}

test('ux 42: what each log takes is what lies in its rows, in as many slices as it needs', async () => {
  const { store, database } = await openStore()
  for (const write of createWrites(70)) await store.write(write)
  await store.write({ ...createWrites(1)[0]!, page: 3 })
  const rows = await database.idb.getAll('journal')
  const bytes = rows.reduce<number>((sum, row) => sum + (row as Uint8Array).length, 0)
  expect(await lookAt(store)).toEqual({
    logs: [{ log, bytes, messages: 71 }],
    isMeasured: true,
    estimate: 'unknown',
    isPromised: 'unknown',
  })
})

test('ux 42: what the browser says of space and of its promise is told as it says it', async () => {
  vi.stubGlobal('navigator', {
    storage: {
      estimate: () => Promise.resolve({ usage: 80, quota: 100 }),
      persisted: () => Promise.resolve(false),
    },
  })
  const { store } = await openStore()
  expect(await lookAt(store)).toMatchObject({
    estimate: { usedBytes: 80, quotaBytes: 100 },
    isPromised: false,
  })
  expect(await store.space?.estimate()).toEqual({ usedBytes: 80, quotaBytes: 100 })
})

test('ux 42: tidying packs every journal into its page, loses nothing and says what it freed', async () => {
  const { store, database } = await openStore()
  for (const write of createWrites(40)) await store.write(write)
  const before = (await lookAt(store)).logs?.[0]?.bytes ?? 0
  const tidied = await store.space?.tidy()
  const after = (await lookAt(store)).logs?.[0]?.bytes ?? 0
  expect(tidied).toEqual({ ok: true, value: before - after })
  expect(before - after).toBeGreaterThan(39 * 36)
  expect(await database.idb.count('journal')).toBe(0)
  const doc = new Y.Doc()
  for (const update of (await store.loadPage(log, 0))?.updates ?? []) Y.applyUpdate(doc, update)
  expect(doc.getArray('7').length).toBe(40)
  expect(await store.space?.tidy()).toEqual({ ok: true, value: 0 })
})

test('ux 42: a disk that is full is told at once, and that it has room again with the next write', async () => {
  const { store } = await openStore()
  const [write] = createWrites(1)
  const told: boolean[] = []
  store.space?.isFull.subscribe((isFull) => told.push(isFull))
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await store.write(write!)
  await store.write(write!)
  expect(told).toEqual([true, false])
})

test('ux 12: what was not sent is read as it was written, and a storage that refuses or was tampered with gives nothing', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const bodies = [new Uint8Array([1, 2, 3]), new Uint8Array([255])]
  createUnsentMessages(storage).write(log, bodies)
  expect(createUnsentMessages(storage).read(log)).toEqual(bodies)
  for (const key of kept.keys()) kept.set(key, 'not~base64 AQID')
  expect(createUnsentMessages(storage).read(log)).toEqual([new Uint8Array([1, 2, 3])])
  createUnsentMessages(storage).write(log, [])
  expect(kept.size).toBe(0)
  expect(createUnsentMessages(undefined).read(log)).toEqual([])
})
