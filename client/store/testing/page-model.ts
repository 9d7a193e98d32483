import { expect } from 'vitest'
import * as Y from 'yjs'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { FeedHead, LogId, LogStore, PageWrite, TimelineKey } from '../../core/ports.ts'

export interface Append {
  log: LogId
  page: number
  feed: number
  entries: number
  ms: number
  durability: PageWrite['durability']
}

interface Page {
  log: LogId
  number: number
  /** Everything ever asked to be kept; what the writer has in memory. */
  live: Y.Doc
  /** What has been said to be kept. */
  saved: Y.Doc
  savedWrites: PageWrite[]
  /** Index rows asked for so far. */
  written: TimelineKey[]
}

const contentOf = (doc: Y.Doc): unknown =>
  Object.fromEntries([...doc.share.keys()].sort().map((name) => [name, doc.getArray(name).toJSON()]))

/** The index rows of a page after all that was kept. */
const rowsOf = ({ savedWrites }: Page): Map<string, TimelineKey> => {
  const rows = new Map<string, TimelineKey>()
  for (const { timeline, gone = [] } of savedWrites) {
    for (const key of timeline) rows.set(JSON.stringify(key), key)
    for (const key of gone) rows.delete(JSON.stringify(key))
  }
  return rows
}

const hashOf = (feed: number, length: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(32).fill((feed / 2 ** 49) * 50 + (length % 50))

/** One Yjs document a page, to which the same updates are applied as the store is given: what it must give back. */
export const createPageModel = () => {
  const pages = new Map<string, Page>()
  let unsettled: Promise<void>[] = []
  let marker = 0

  const pageOf = (log: LogId, number: number): Page => {
    const key = `${log}/${number}`
    const page = pages.get(key) ?? {
      log,
      number,
      live: new Y.Doc(),
      saved: new Y.Doc(),
      savedWrites: [],
      written: [],
    }
    pages.set(key, page)
    return page
  }

  const lengthOf = (doc: Y.Doc): number =>
    [...doc.share.keys()].reduce((sum, name) => sum + doc.getArray(name).length, 0)

  return {
    append(store: LogStore, { log, page: number, feed, entries, ms, durability }: Append): void {
      const page = pageOf(log, number)
      const before = Y.encodeStateVector(page.live)
      page.live.clientID = feed
      const array = page.live.getArray(String(feed))
      const first = array.length
      const added = Array.from({ length: entries }, () => [new Uint8Array([marker++ % 256])])
      array.insert(first, added)
      const write: PageWrite = {
        log,
        page: number,
        update: new Uint8Array(Y.encodeStateAsUpdate(page.live, before)),
        heads: [
          {
            feed,
            device: String(feed).padEnd(43, 'd') as DeviceId,
            length: array.length,
            hash: hashOf(feed, array.length),
          },
        ],
        messageCount: lengthOf(page.live),
        timeline: added.map((_, index) => ({ ms, counter: 0, feed, page: number, seq: first + index })),
        durability,
      }
      page.written.push(...write.timeline)
      unsettled.push(
        store.write(write).then(({ ok }) => {
          if (!ok) return
          Y.applyUpdate(page.saved, write.update)
          page.savedWrites.push(write)
        }),
      )
    },

    /** Everything a page holds in another form, and some rows of the index gone: what an erasure does. */
    rewrite(store: LogStore, { log, page: number }: { log: LogId; page: number }): void {
      const page = pageOf(log, number)
      if (lengthOf(page.live) === 0) return
      const whole = new Y.Doc()
      for (const name of page.live.share.keys()) {
        whole.clientID = Number(name)
        const husks = page.live.getArray(name).map(() => [new Uint8Array([marker++ % 256, 0])])
        whole.getArray(name).insert(0, husks)
      }
      page.live = whole
      const write: PageWrite = {
        log,
        page: number,
        update: new Uint8Array(Y.encodeStateAsUpdate(whole)),
        isWhole: true,
        heads: [],
        messageCount: lengthOf(whole),
        timeline: [],
        gone: page.written.slice(0, 1),
        durability: 'relaxed',
      }
      page.written = page.written.slice(1)
      unsettled.push(
        store.write(write).then(({ ok }) => {
          if (!ok) return
          page.saved = new Y.Doc()
          Y.applyUpdate(page.saved, write.update)
          for (const name of page.live.share.keys()) page.saved.getArray(name)
          page.savedWrites.push(write)
        }),
      )
    },

    async settle(): Promise<void> {
      await Promise.all(unsettled)
      unsettled = []
    },

    /** The writer starts again from what was kept. */
    restart(): void {
      for (const page of pages.values()) {
        page.live = new Y.Doc()
        Y.applyUpdate(page.live, Y.encodeStateAsUpdate(page.saved))
        for (const name of page.saved.share.keys()) page.live.getArray(name)
        page.written = [...rowsOf(page).values()]
      }
    },

    async expectHeldBy(store: LogStore): Promise<void> {
      const summaries = await store.summaries()
      for (const page of pages.values()) {
        const stored = await store.loadPage(page.log, page.number)
        const heads = new Map<number, FeedHead>()
        for (const write of page.savedWrites) for (const head of write.heads) heads.set(head.feed, head)
        const summary = summaries.get(page.log)?.find((one) => one.page === page.number)
        if (heads.size === 0) {
          expect(stored).toBeUndefined()
          expect(summary).toBeUndefined()
          continue
        }
        const loaded = new Y.Doc()
        for (const update of stored?.updates ?? []) Y.applyUpdate(loaded, update)
        for (const name of page.saved.share.keys()) loaded.getArray(name)
        expect(contentOf(loaded)).toEqual(contentOf(page.saved))
        expect(Y.decodeStateVector(Y.encodeStateVector(loaded))).toEqual(
          Y.decodeStateVector(Y.encodeStateVector(page.saved)),
        )
        expect(new Map(stored?.heads.map((head) => [head.feed, head]))).toEqual(heads)
        expect(stored?.damagedRows).toBe(0)
        expect(stored?.messageCount).toBe(page.savedWrites.at(-1)?.messageCount)
        expect(summary).toEqual({
          page: page.number,
          messageCount: stored?.messageCount,
          lengths: new Map([...heads].map(([feed, { length }]) => [feed, length])),
          hashes: new Map([...heads].map(([feed, { hash }]) => [feed, hash])),
          frozen: [],
          missed: 0,
          hasPins: false,
          dropped: [],
        })
      }
      for (const log of new Set([...pages.values()].map((page) => page.log))) {
        const rows = [...pages.values()]
          .filter((page) => page.log === log)
          .flatMap((page) => [...rowsOf(page).values()])
        const read = await store.readTimeline(log, { limit: 10_000 })
        expect(new Set(read.map((row) => JSON.stringify(row)))).toEqual(
          new Set(rows.map((row) => JSON.stringify(row))),
        )
        expect(read.length).toBe(rows.length)
      }
    },
  }
}
