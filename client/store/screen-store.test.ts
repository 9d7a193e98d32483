import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { encodeUtf8 } from '../../shared/crypto/bytes.ts'
import { screenLimits } from '../../shared/limits.ts'
import type { HearthDatabase } from './database.ts'
import { screenKeyId } from './page-keys.ts'
import { createScreenStore } from './screen-store.ts'
import { forceClose, mustOpen } from './testing/open-store.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const seed = new Uint8Array(32).fill(7)
const words = encodeUtf8('what was on the screen')
const everything = async ({ idb }: HearthDatabase) =>
  Buffer.concat(
    (await idb.getAll('screens')).map((row) => Buffer.from((row as { sealed: Uint8Array }).sealed)),
  )

test('what is kept is there at the next start, and lies sealed', async () => {
  const database = await mustOpen()
  await createScreenStore(database, seed).save('home', () => words)
  expect((await everything(database)).includes(Buffer.from(words))).toBe(false)
  database.close()
  const again = createScreenStore(await mustOpen(), seed)
  expect(await again.load()).toEqual(new Map([['home', words]]))
})

test('I5: without what the vault holds there is nothing to be seen', async () => {
  const database = await mustOpen()
  await createScreenStore(database, seed).save('home', () => words)
  const other = createScreenStore(database, new Uint8Array(32).fill(8))
  expect(await other.load()).toEqual(new Map())
})

test('P4: what was kept before something was erased is noise afterwards, and what comes after is not', async () => {
  const database = await mustOpen()
  const store = createScreenStore(database, seed)
  await store.save('home', () => words)
  const keys = await database.pageKeys()
  const pages = new Set([...keys.ids].filter((id) => id !== screenKeyId))
  expect((await keys.keepOnly(pages)).ok).toBe(true)
  expect(await store.load()).toEqual(new Map())
  await store.save('home', () => encodeUtf8('anew'))
  expect(await store.load()).toEqual(new Map([['home', encodeUtf8('anew')]]))
  await keys.settle()
})

test('one room’s screen does not pass for another’s, nor noise for any', async () => {
  const database = await mustOpen()
  const store = createScreenStore(database, seed)
  await store.save('one', () => words)
  const row: unknown = await database.idb.get('screens', 'one')
  await database.idb.put('screens', row, 'two')
  await database.idb.put('screens', 'noise', 'three')
  await database.idb.put('screens', { at: 1, sealed: new Uint8Array(5) }, 'four')
  expect([...(await store.load()).keys()]).toEqual(['one'])
})

test('of rooms the newest are kept, and always the list of them', async () => {
  const database = await mustOpen()
  const store = createScreenStore(database, seed)
  await store.save(screenLimits.homeName, () => words)
  const names = Array.from({ length: screenLimits.rooms + 3 }, (_none, index) => `room ${index}`)
  for (const [index, name] of names.entries()) {
    await store.save(name, () => words)
    const row = (await database.idb.get('screens', name)) as object
    await database.idb.put('screens', { ...row, at: 1_000 + index }, name)
  }
  await store.save('newest', () => words)
  expect(new Set((await store.load()).keys())).toEqual(
    new Set([screenLimits.homeName, 'newest', ...names.slice(-(screenLimits.rooms - 1))]),
  )
})

test('a disk that was let go of keeps nothing, and breaks nothing', async () => {
  const database = await mustOpen()
  const store = createScreenStore(database, seed)
  forceClose(database)
  await store.save('home', () => words)
  expect(await store.load()).toEqual(new Map())
})
