import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { AccountId } from '../../shared/identifiers.ts'
import type { LogId, ReadingRow } from '../core/ports.ts'
import { createReadingStore } from './reading-store.ts'
import { mustOpen } from './testing/open-store.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const mark = (account: string, ms: number): ReadingRow => ({
  type: 'mark',
  log: 'room' as LogId,
  account: account as AccountId,
  ms,
  counter: 2,
  atMs: ms + 5,
  late: [{ feed: 7, page: 1, seq: 3 }],
  isMadeHere: true,
})

test('R1: rows come back as they were kept, the newest of what is the same', async () => {
  const database = await mustOpen()
  const store = createReadingStore(database)
  const others: ReadingRow[] = [
    { type: 'seen', account: 'anna' as AccountId, ms: 60_000 },
    { type: 'seen', account: 'bob' as AccountId, ms: undefined },
    { type: 'since', ms: 1 },
    { type: 'privacy', receipts: false, typing: true, lastSeen: true, decidedMs: 4 },
  ]
  expect(await store.save([mark('anna', 10), mark('bob', 20), ...others])).toEqual({
    ok: true,
    value: undefined,
  })
  await store.save([mark('anna', 30)])
  const again = await createReadingStore(database).load()
  expect(again).toHaveLength(6)
  expect(again).toEqual(expect.arrayContaining([mark('anna', 30), mark('bob', 20), ...others]))
})

test('R1: what the disk gives back broken is passed over', async () => {
  const database = await mustOpen()
  const broken = [
    null,
    7,
    { type: 'other' },
    { ...mark('anna', 1), ms: -1 },
    { ...mark('anna', 1), late: [{ feed: 1, page: 'x', seq: 0 }] },
    { ...mark('anna', 1), isMadeHere: 1 },
    { type: 'seen', account: 5, ms: 1 },
    { type: 'privacy', receipts: 'yes', typing: true, lastSeen: true, decidedMs: 0 },
  ]
  for (const [index, row] of broken.entries()) await database.idb.put('marks', row, [`broken-${index}`])
  await database.idb.put('marks', { type: 'since', ms: 3 }, ['since'])
  expect(await createReadingStore(database).load()).toEqual([{ type: 'since', ms: 3 }])
})

test('R1: a closed database is a problem, not an exception, where something is kept', async () => {
  const database = await mustOpen()
  const store = createReadingStore(database)
  database.close()
  expect(await store.save([{ type: 'since', ms: 3 }])).toMatchObject({ ok: false })
})
