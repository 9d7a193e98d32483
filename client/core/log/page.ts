import * as Y from 'yjs'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { FeedHead, FeedId, StoredPage } from '../ports.ts'
import { encodeAppend } from './append-update.ts'
import { entryKinds, parseElement } from './entry.ts'
import type { SignedEntry } from './feed.ts'
import type { Admission, Feeds } from './gate.ts'

/** A slice of a room's log in memory: one Yjs document of signed feeds (P2). It never holds what is not on the disk. */
export interface Page extends Feeds {
  readonly messageCount: number
  /** The disk lost a part of it: nothing is written here any more, since a seq might be used twice (P6). */
  readonly isDamaged: boolean
  heads(): Iterable<FeedHead>
  /** The entry at `seq` of `feed`, if it is here. */
  read(feed: FeedId, seq: number): SignedEntry | undefined
  /** Takes what the gate admitted, after it was written to the disk. */
  apply(admission: Admission): void
  /** Updates that bring a feed of a peer from `from` entries to `to`, each of about `sliceBytes` at most (Y5). */
  slices(feed: FeedId, from: number, to: number, sliceBytes: number): Iterable<Bytes>
}

export const createPage = (stored: StoredPage | undefined): Page => {
  const doc = new Y.Doc({ gc: false })
  const heads = new Map<FeedId, FeedHead>(stored?.heads.map((head) => [head.feed, head]))
  let messageCount = stored?.messageCount ?? 0
  for (const update of stored?.updates ?? []) Y.applyUpdate(doc, update)

  const array = (feed: FeedId) => doc.getArray<unknown>(String(feed))
  const lengthOf = (feed: FeedId) => heads.get(feed)?.length ?? 0

  return {
    isDamaged: (stored?.damagedRows ?? 0) > 0,
    get count() {
      return heads.size
    },
    get messageCount() {
      return messageCount
    },
    lengthOf,
    headOf: (feed) => Promise.resolve(heads.get(feed)),
    heads: () => heads.values(),
    read(feed, seq) {
      const head = heads.get(feed)
      const element = array(feed).get(seq)
      if (!head || !(element instanceof Uint8Array)) return undefined
      const entry = parseElement(element, seq)
      return entry && { ...entry, feed, device: head.device, seq }
    },
    apply({ update, entries, heads: extended }) {
      Y.applyUpdate(doc, update)
      for (const head of extended) heads.set(head.feed, head)
      messageCount += countMessages(entries)
    },
    *slices(feed, from, to, sliceBytes) {
      const elements = array(feed).slice(from, Math.min(to, lengthOf(feed)))
      let slice: Uint8Array[] = []
      let bytes = 0
      let start = from
      for (const element of elements) {
        if (!(element instanceof Uint8Array)) return // not from the gate: what follows would make a gap
        if (slice.length > 0 && bytes + element.length > sliceBytes) {
          yield encodeAppend(feed, start, slice)
          start += slice.length
          slice = []
          bytes = 0
        }
        slice.push(element)
        bytes += element.length
      }
      if (slice.length > 0) yield encodeAppend(feed, start, slice)
    },
  }
}

export const countMessages = (entries: readonly SignedEntry[]): number =>
  entries.filter((entry) => entry.kind === entryKinds.message).length
