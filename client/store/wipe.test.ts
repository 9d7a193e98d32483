import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import { storeLimits } from '../../shared/limits.ts'
import { hasBeenHere, rememberBeingHere } from './been-here.ts'
import { openFamilyDocument } from './family-document.ts'
import { mustOpen } from './testing/open-store.ts'
import { createVault } from './vault.ts'
import { wipeBrowser, type WipeOptions } from './wipe.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const createStorage = (): Storage => {
  const rows = new Map<string, string>()
  return {
    get length() {
      return rows.size
    },
    clear: () => rows.clear(),
    key: (index) => [...rows.keys()][index] ?? null,
    getItem: (key) => rows.get(key) ?? null,
    removeItem: (key) => void rows.delete(key),
    setItem: (key, value) => void rows.set(key, value),
  }
}

const createCaches = (names: string[]) => {
  const kept = new Set(names)
  const caches = {
    keys: () => Promise.resolve([...kept]),
    delete: (name: string) => Promise.resolve(kept.delete(name)),
  } as unknown as CacheStorage
  return { kept, caches }
}

const setUp = (given: Partial<WipeOptions> = {}) => {
  const clock = createFakeClock()
  const wipe = () =>
    wipeBrowser({
      databases: indexedDB,
      storages: [],
      caches: undefined,
      workers: undefined,
      clock,
      ...given,
    })
  return { clock, wipe }
}

const databaseNames = async () => (await indexedDB.databases()).map(({ name }) => name)
const vaultContents = { deviceSeed: new Uint8Array(32).fill(1) }

test('a wiped browser is as one where nobody has ever been', async () => {
  const local = createStorage()
  const session = createStorage()
  rememberBeingHere(local)
  local.setItem('hearth/draft/room', 'half a message')
  local.setItem('somebody-elses', 'stays')
  session.setItem('hearth/scroll', '5')
  const { kept, caches } = createCaches(['hearth-app'])
  const database = await mustOpen()
  await createVault(database).write(vaultContents)
  database.close()
  ;(await openDB('somebody-elses')).close()

  const { wipe } = setUp({ storages: [local, session, undefined], caches })
  expect(await wipe()).toBe('wiped')
  expect(await databaseNames()).toEqual(['somebody-elses'])
  expect(hasBeenHere(local)).toBe(false)
  expect([local.length, session.length, kept.size]).toEqual([1, 0, 0])
  expect(await createVault(await mustOpen()).read()).toEqual({ ok: true, value: undefined })
})

test('other tabs that have it open let go of it, the family document too', async () => {
  const onReleased = vi.fn()
  const here = await mustOpen({ onReleased })
  await createVault(here).write(vaultContents)
  const document = openFamilyDocument(new Y.Doc(), 'hearth-family-group')
  await document.whenLoaded
  expect(await databaseNames()).toEqual(['hearth', 'hearth-family-group'])
  const { wipe } = setUp()
  expect(await wipe()).toBe('wiped')
  expect(onReleased).toHaveBeenCalledOnce()
  expect(await databaseNames()).toEqual([])
})

test('a tab that holds on delays what it holds, and nothing else', async () => {
  ;(await mustOpen()).close()
  const held = await openDB('hearth-held')
  const { wipe, clock } = setUp()
  const wiping = wipe()
  await clock.advance(storeLimits.wipeWaitMs)
  expect(await wiping).toBe('partly')
  held.close()
  await vi.waitFor(async () => expect(await databaseNames()).toEqual([]))
})

test('a browser that cannot list its databases, or refuses, gives a value', async () => {
  const database = await mustOpen()
  await createVault(database).write(vaultContents)
  database.close()
  const old = { deleteDatabase: (name: string) => indexedDB.deleteDatabase(name) } as IDBFactory
  expect(await setUp({ databases: old }).wipe()).toBe('wiped')
  expect(await databaseNames()).toEqual([])
  const refusing = { databases: () => Promise.reject(new Error('private window')) } as unknown as IDBFactory
  expect(await setUp({ databases: refusing }).wipe()).toBe('partly')
})

test('the service worker goes before the caches, which it would fill again', async () => {
  const order: string[] = []
  const { caches } = createCaches(['hearth-shell-1'])
  const remove = caches.delete.bind(caches)
  caches.delete = (name) => (order.push(name), remove(name))
  const registration = {
    unregister: () => Promise.resolve(order.push('worker') > 0),
  } as ServiceWorkerRegistration
  const workers = { getRegistrations: () => Promise.resolve([registration]) }
  const { wipe } = setUp({ caches, workers })
  await wipe()
  expect(order).toEqual(['worker', 'hearth-shell-1'])
})
