import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { LogId } from '../core/ports.ts'
import { createSegmentStore } from './segment-store.ts'
import { openStore } from './testing/open-store.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const log = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const place = { log, page: 0 }
const index = new TextEncoder().encode('which words stand where')
const texts = new TextEncoder().encode('a word that nobody else says')

const setUp = async () => {
  const { database, store } = await openStore()
  const write = (isWhole: boolean) =>
    store.write({
      log,
      page: 0,
      update: new Uint8Array([0, 0]),
      isWhole,
      heads: [],
      messageCount: 1,
      timeline: [],
      durability: 'relaxed',
    })
  await write(false)
  return { database, segments: createSegmentStore(database), erase: () => write(true) }
}

test('ux 24: what a page can be found by is kept beside it, sealed, and goes when it is removed', async () => {
  const { database, segments } = await setUp()
  const keep = await segments.begin(place)
  expect(await keep?.({ index, texts })).toBe(true)
  expect(await segments.places()).toEqual([place])
  expect(await segments.readIndex(place)).toEqual(index)
  expect(await segments.readTexts(place)).toEqual(texts)
  const rows = (await database.idb.getAll('segments')) as Uint8Array[]
  for (const row of rows) expect(new TextDecoder().decode(row)).not.toContain('word')
  await segments.remove([place])
  expect(await segments.readTexts(place)).toBeUndefined()
  expect(await segments.places()).toEqual([])
})

test('P4: once something in a page is erased, what was kept of it before cannot be read, nor what was begun before', async () => {
  const { segments, erase } = await setUp()
  const keep = await segments.begin(place)
  await keep?.({ index, texts })
  const late = await segments.begin(place)
  await erase()
  expect(await segments.readIndex(place)).toBeUndefined()
  await late?.({ index, texts })
  expect(await segments.readTexts(place)).toBeUndefined()
  const fresh = await segments.begin(place)
  await fresh?.({ index, texts })
  expect(await segments.readTexts(place)).toEqual(texts)
})

test('ux 24: nothing is kept of a page that is not on the disk, and a row of another page or part is none', async () => {
  const { database, segments } = await setUp()
  expect(await segments.begin({ log, page: 9 })).toBeUndefined()
  const keep = await segments.begin(place)
  await keep?.({ index, texts })
  const row = await database.idb.get('segments', [log, 0, 'texts'])
  await database.idb.put('segments', row, [log, 0, 'index'])
  expect(await segments.readIndex(place)).toBeUndefined()
  await database.idb.put('segments', 'no bytes', [log, 0, 'texts'])
  expect(await segments.readTexts(place)).toBeUndefined()
})
