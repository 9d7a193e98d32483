import * as Y from 'yjs'
import { ok } from '../../../../shared/result.ts'
import type { FamilyDocumentStore } from '../../group/family.ts'
import type { FeedId, Holding, LogId, PageWrite } from '../../ports.ts'
import { createMemoryDisk, type MemoryDisk } from '../memory-disk.ts'
import type { Dice } from './dice.ts'

export type Change =
  | { type: 'page'; write: PageWrite }
  | { type: 'holder'; holding: Holding }
  | { type: 'drop'; log: LogId; page: number; digests: readonly Uint8Array<ArrayBuffer>[] }

/** How a core ends unasked: with its tab, or with the machine, which takes along what the disk had not yet been made to keep. */
export type CrashKind = 'tab' | 'power'

/** What of one device outlives its core: transactions, each whole or not at all, and the family document's updates. */
export interface DeviceDisk {
  /** What reads see. */
  readonly view: MemoryDisk
  readonly document: DocumentDisk
  /** No more fits on it. */
  isFull: boolean
  /** `isStrict`: a crash loses neither this transaction nor those before it. */
  commit(changes: readonly Change[], isStrict: boolean): void
  crash(kind: CrashKind): void
  /** How many entries of a feed this disk holds, and the most it ever held. */
  held(log: LogId, page: number, feed: FeedId): { now: number; ever: number }
  copy(): DiskImage
}

/** A disk as it can be kept and given to another schedule. Nobody changes what is in it. */
export interface DiskImage {
  changes: readonly Change[]
  document: readonly Uint8Array[]
}

export const emptyImage: DiskImage = { changes: [], document: [] }

export interface DiskOptions {
  dice: Dice
  now(): number
  /** Sees every page write as it comes to the disk. */
  onWrite?: (write: PageWrite) => void
  faults: { forgetsStrict?: boolean }
}

export const createDeviceDisk = (image: DiskImage, options: DiskOptions): DeviceDisk => {
  const { dice } = options
  let kept: Change[] = [...image.changes]
  /** Transactions that have ended, and that a power cut may still take, the newest first. */
  let recent: (readonly Change[])[] = []
  let view = createMemoryDisk()
  const ever = new Map<string, number>()
  const now = new Map<string, number>()
  const document = createDocumentDisk(image.document, options)

  const nameOf = (log: LogId, page: number, feed: FeedId): string => `${log} ${page} ${feed}`
  const apply = (change: Change): void => {
    switch (change.type) {
      case 'holder':
        view.saveHolder(change.holding)
        return
      case 'drop':
        for (const { feed } of view.loadPage(change.log, change.page)?.heads ?? [])
          now.delete(nameOf(change.log, change.page, feed))
        view.dropPage(change.log, change.page, change.digests)
        return
      case 'page': {
        const { log, page, heads } = change.write
        view.write(change.write)
        for (const { feed, length } of heads) {
          now.set(nameOf(log, page, feed), length)
          ever.set(nameOf(log, page, feed), Math.max(length, ever.get(nameOf(log, page, feed)) ?? 0))
        }
      }
    }
  }
  for (const change of kept) apply(change)

  return {
    get view() {
      return view
    },
    document,
    isFull: false,
    commit(changes, isStrict) {
      for (const change of changes) if (change.type === 'page') options.onWrite?.(change.write)
      for (const change of changes) apply(change)
      recent.push(changes)
      if (!isStrict || options.faults.forgetsStrict) return
      kept.push(...recent.flat())
      recent = []
    },
    crash(kind) {
      document.crash(kind)
      const survivors = kind === 'tab' ? recent.length : dice.below(recent.length + 1)
      kept = [...kept, ...recent.slice(0, survivors).flat()]
      recent = []
      view = createMemoryDisk()
      now.clear()
      for (const change of kept) apply(change)
    },
    held(log, page, feed) {
      const name = nameOf(log, page, feed)
      return { now: now.get(name) ?? 0, ever: ever.get(name) ?? 0 }
    },
    copy: () => ({ changes: [...kept, ...recent.flat()], document: document.copy() }),
  }
}

/** The family document's database. It takes every update by itself, a moment after the document has it, and is never waited for. */
export interface DocumentDisk {
  open(): FamilyDocumentStore & { readonly isEmpty: boolean }
  crash(kind: CrashKind): void
  copy(): readonly Uint8Array[]
}

/** What a power cut may take of a database that is not made to keep its transactions. */
const unsyncedMs = 10_000
const maxWriteMs = 60

const createDocumentDisk = (image: readonly Uint8Array[], { dice, now }: DiskOptions): DocumentDisk => {
  let rows: { update: Uint8Array; writtenAt: number }[] = image.map((update) => ({
    update,
    writtenAt: -Infinity,
  }))
  let isOpen = false
  return {
    open: () => ({
      isEmpty: rows.length === 0,
      load(doc) {
        isOpen = true
        for (const { update } of rows) Y.applyUpdate(doc, update, 'disk')
        doc.on('update', (update: Uint8Array, origin: unknown) => {
          if (!isOpen || origin === 'disk') return
          // One transaction after the other, each a while after the document has changed.
          const writtenAt = Math.max(now() + dice.below(maxWriteMs), rows.at(-1)?.writtenAt ?? 0)
          rows.push({ update, writtenAt })
        })
        return Promise.resolve(ok(undefined))
      },
      close() {
        isOpen = false
        for (const row of rows) row.writtenAt = -Infinity
        return Promise.resolve()
      },
    }),
    crash(kind) {
      isOpen = false
      const safeUntil = kind === 'tab' ? now() : now() - unsyncedMs
      const safe = rows.findLastIndex(({ writtenAt }) => writtenAt <= safeUntil) + 1
      rows = rows.slice(0, safe + dice.below(rows.length - safe + 1))
      for (const row of rows) row.writtenAt = -Infinity
    },
    copy: () => rows.map(({ update }) => update),
  }
}
