import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LogId, LogStore, TimelineKey } from '../../core/ports.ts'
import { createPageModel, type Append } from './page-model.ts'

/** A disk with stores on it, the one under test behind it. */
export interface StoreDisk {
  /** As at the start of a browser. */
  open(): Promise<LogStore>
  /** As at its end without warning: what was not resolved may or may not be there. */
  crash(): Promise<void>
}

/** Properties run many stores; a machine that does other work besides must not fail them. */
const patience = { timeout: 60_000 }
const runs = { numRuns: 40 }

export const log = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
export const otherLog = 'BBBBBBBBBBBBBBBBBBBBBB' as LogId
const device = (n: number): DeviceId => String(n).padEnd(43, 'd') as DeviceId

const appends: fc.Arbitrary<Append> = fc.record({
  log: fc.constantFrom(log, otherLog),
  page: fc.nat(1),
  feed: fc.integer({ min: 1, max: 3 }).map((n) => n * 2 ** 49),
  entries: fc.integer({ min: 1, max: 3 }),
  ms: fc.nat(5),
  durability: fc.constantFrom('strict', 'relaxed'),
})
const steps = fc.oneof(
  { weight: 12, arbitrary: appends.map((append) => ({ type: 'append' as const, append })) },
  { weight: 3, arbitrary: fc.constant({ type: 'settle' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('rewrite' as const),
      place: fc.record({ log: fc.constantFrom(log, otherLog), page: fc.nat(1) }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'crash' as const }) },
)
const timelineKeys: fc.Arbitrary<TimelineKey> = fc.record({
  ms: fc.oneof(fc.nat(3), fc.nat({ max: 2 ** 45 })),
  counter: fc.nat(2),
  feed: fc.oneof(fc.nat(2), fc.integer({ min: 0, max: 2 ** 52 - 1 })),
  page: fc.nat(2),
  seq: fc.nat(2),
})
const newestFirst = (a: TimelineKey, b: TimelineKey): number =>
  b.ms - a.ms || b.counter - a.counter || b.feed - a.feed || b.page - a.page || b.seq - a.seq

const emptyWrite = {
  log,
  page: 0,
  update: new Uint8Array([0, 0]),
  heads: [],
  messageCount: 0,
  timeline: [],
  durability: 'relaxed' as const,
}

/** What every LogStore promises. */
export const describeLogStore = (name: string, createDisk: () => StoreDisk): void => {
  describe(`${name} keeps the promises of a LogStore`, () => {
    test('P1: a store that is new has no pages, rows or holders', async () => {
      const store = await createDisk().open()
      expect(await store.loadPage(log, 0)).toBeUndefined()
      expect(await store.summaries()).toEqual(new Map())
      expect(await store.readTimeline(log, { limit: 50 })).toEqual([])
      expect(await store.readHolders(log)).toEqual([])
    })

    test('P5: any writes, reopenings and crashes give the page that its updates give', patience, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(steps, { maxLength: 40 }), async (sequence) => {
          const disk = createDisk()
          let store = await disk.open()
          const model = createPageModel()
          for (const step of sequence) {
            if (step.type === 'append') model.append(store, step.append)
            else if (step.type === 'rewrite') model.rewrite(store, step.place)
            else if (step.type === 'settle') await model.settle()
            else {
              if (step.type === 'crash') await disk.crash()
              else await store.close()
              await model.settle()
              store = await disk.open()
              model.restart()
            }
          }
          await model.settle()
          await model.expectHeldBy(store)
        }),
        runs,
      )
    })

    test('P5: a write asked for before the store closes is kept, one after is refused', async () => {
      const disk = createDisk()
      const store = await disk.open()
      const kept = store.write({ ...emptyWrite, messageCount: 1 })
      await store.close()
      expect(await kept).toEqual({ ok: true, value: undefined })
      expect(await store.write(emptyWrite)).toEqual({ ok: false, problem: { type: 'storeClosed' } })
      expect(await (await disk.open()).loadPage(log, 0)).toMatchObject({ messageCount: 1, damagedRows: 0 })
    })

    test('P4: after a whole write nothing of what the page held before is given back, now or later', async () => {
      const disk = createDisk()
      const store = await disk.open()
      const secret = encodeUtf8('said and taken back')
      const before = new Y.Doc()
      before.getArray('7').insert(0, [[secret]])
      const rowOf = (seq: number): TimelineKey => ({ ms: seq, counter: 0, feed: 7, page: 0, seq })
      const update = new Uint8Array(Y.encodeStateAsUpdate(before))
      await store.write({ ...emptyWrite, update, messageCount: 1, timeline: [rowOf(0), rowOf(1)] })
      const missed = [{ feed: 7, seq: 3 }]
      const after = new Uint8Array([0, 0])
      await store.write({ ...emptyWrite, update: after, isWhole: true, missed, gone: [rowOf(0)] })
      expect((await store.loadPage(log, 0))?.updates).toEqual([after])
      await store.close()
      const again = await disk.open()
      expect(await again.loadPage(log, 0)).toMatchObject({ updates: [after], missed, damagedRows: 0 })
      expect(await again.readTimeline(log, { limit: 9 })).toEqual([rowOf(1)])
      expect((await again.summaries()).get(log)).toMatchObject([{ page: 0, missed: 1, dropped: [] }])
    })

    test('P6: a feed may get shorter, stays frozen, and takes what was known of its holders along', async () => {
      const disk = createDisk()
      const store = await disk.open()
      const head = { feed: 7, device: device(7), length: 5, hash: new Uint8Array(32).fill(5) }
      const cut = { ...head, length: 2, hash: new Uint8Array(32).fill(2) }
      const proof = new Uint8Array([1, 2, 3])
      const frozen = [{ feed: 7, device: device(7), seq: 1, hash: cut.hash, ms: 1_000, proof }]
      await store.write({ ...emptyWrite, messageCount: 5, heads: [head] })
      await store.write({ ...emptyWrite, page: 1, heads: [head] })
      for (const page of [0, 1]) await store.saveHolder({ log, page, holder: device(1), length: 5 })
      expect((await store.loadPage(log, 0))?.frozen).toEqual([])
      const freeze = { isWhole: true, messageCount: 2, heads: [cut], frozen, forgetsHolders: true }
      expect(await store.write({ ...emptyWrite, ...freeze })).toEqual({ ok: true, value: undefined })
      expect(await store.readHolders(log)).toMatchObject([{ page: 1 }])
      // Acknowledged anew from where it ends now.
      await store.saveHolder({ log, page: 0, holder: device(1), length: 1 })
      await store.close()
      const again = await disk.open()
      expect(await again.loadPage(log, 0)).toMatchObject({ heads: [cut], frozen, messageCount: 2 })
      expect((await again.summaries()).get(log)).toMatchObject([
        { page: 0, lengths: new Map([[7, 2]]), hashes: new Map([[7, cut.hash]]), frozen },
        { page: 1, hashes: new Map([[7, head.hash]]), frozen: [] },
      ])
      const held = await again.readHolders(log)
      expect(new Map(held.map(({ page, length }) => [page, length]))).toEqual(
        new Map([
          [0, 1],
          [1, 5],
        ]),
      )
      await again.write({ ...emptyWrite, frozen })
      expect((await again.loadPage(log, 0))?.frozen).toEqual(frozen)
      await again.dropPage(log, 0, [])
      expect((await again.summaries()).get(log)?.find(({ page }) => page === 0)?.frozen).toEqual([])
    })

    test('P8: a dropped page is gone with those who held it, and remembered by its digests until it comes again', async () => {
      const disk = createDisk()
      const store = await disk.open()
      const head = { feed: 7, device: device(7), length: 1, hash: new Uint8Array(32) }
      const digest = new Uint8Array(16).fill(3)
      await store.write({ ...emptyWrite, messageCount: 1, heads: [head] })
      await store.write({ ...emptyWrite, page: 1, messageCount: 1, heads: [head] })
      for (const page of [0, 1]) await store.saveHolder({ log, page, holder: device(1), length: 1 })
      expect(await store.dropPage(log, 0, [digest])).toEqual({ ok: true, value: undefined })
      await store.close()
      const again = await disk.open()
      expect(await again.loadPage(log, 0)).toBeUndefined()
      expect(await again.readHolders(log)).toMatchObject([{ page: 1 }])
      const pages = (await again.summaries()).get(log)
      expect(pages).toMatchObject([
        { page: 0, messageCount: 0, lengths: new Map(), dropped: [digest] },
        { page: 1, messageCount: 1, dropped: [] },
      ])
      await again.write({ ...emptyWrite, messageCount: 1, heads: [head] })
      expect(await again.loadPage(log, 0)).toMatchObject({ messageCount: 1, damagedRows: 0 })
      expect((await again.summaries()).get(log)).toMatchObject([
        { page: 0, lengths: new Map([[7, 1]]), dropped: [digest] },
        { page: 1 },
      ])
    })

    test('E4: paging back through a timeline gives every row once, the newest first', patience, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(timelineKeys, { selector: (key) => JSON.stringify(key), maxLength: 60 }),
          fc.integer({ min: 1, max: 9 }),
          async (keys, limit) => {
            const store = await createDisk().open()
            await store.write({ ...emptyWrite, timeline: keys })
            await store.write({ ...emptyWrite, log: otherLog, timeline: keys.slice(0, 3) })
            const read: TimelineKey[] = []
            for (let turn = 0; turn <= keys.length; turn++) {
              const before = read.at(-1)
              const rows = await store.readTimeline(log, before ? { before, limit } : { limit })
              if (rows.length === 0) break
              read.push(...rows)
            }
            expect(read).toEqual([...keys].sort(newestFirst))
          },
        ),
        runs,
      )
    })

    test('E4: a row written twice shows once, and a limit of nothing gives nothing', async () => {
      const store = await createDisk().open()
      const key = { ms: 0, counter: 0, feed: 0, page: 0, seq: 0 }
      await store.write({ ...emptyWrite, timeline: [key] })
      await store.write({ ...emptyWrite, timeline: [key] })
      expect(await store.readTimeline(log, { limit: 9 })).toEqual([key])
      expect(await store.readTimeline(log, { limit: 0 })).toEqual([])
    })

    test(
      'Y4: what a device is known to hold never goes down, in whatever order it is told',
      patience,
      async () => {
        const told = fc.record({ page: fc.nat(1), holder: fc.nat(1).map(device), length: fc.nat(9) })
        await fc.assert(
          fc.asyncProperty(fc.array(told, { maxLength: 20 }), async (holdings) => {
            const store = await createDisk().open()
            await Promise.all(holdings.map((holding) => store.saveHolder({ log, ...holding })))
            const most = new Map<string, number>()
            for (const { page, holder, length } of holdings) {
              const key = `${page} ${holder}`
              most.set(key, Math.max(most.get(key) ?? 0, length))
            }
            const held = await store.readHolders(log)
            expect(new Map(held.map(({ page, holder, length }) => [`${page} ${holder}`, length]))).toEqual(
              most,
            )
            expect(held.length).toBe(most.size)
            expect(await store.readHolders(otherLog)).toEqual([])
          }),
          runs,
        )
      },
    )
  })
}
