import * as Y from 'yjs'
import { peekSignature } from '../log/entry.ts'
import { walkRun, type PagePlace, type SignedEntry } from '../log/feed.ts'
import type { Feeds } from '../log/gate.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { FeedHead, FeedId } from '../ports.ts'

/** The feeds of a small document whose heads are nowhere kept: found by walking the chains once. */
export interface DocumentFeeds extends Feeds {
  entries(): Promise<SignedEntry[]>
  extend(heads: readonly FeedHead[]): void
  /** Those that have written here. */
  devices(): Iterable<DeviceId>
  /** How many entries of a device are here. */
  lengthOfDevice(device: DeviceId): number
}

/** `doc` holds only what this device admitted earlier, so chains are followed and signatures not checked again. */
export const readFeeds = (doc: Y.Doc, place: PagePlace): DocumentFeeds => {
  const heads = new Map<FeedId, FeedHead>()
  const lengthOf = (feed: FeedId) => heads.get(feed)?.length ?? 0
  return {
    get count() {
      return heads.size
    },
    lengthOf,
    headOf: (feed) => Promise.resolve(heads.get(feed)),
    signatureAt(feed, seq) {
      const element = doc.getArray<unknown>(String(feed)).get(seq)
      return element instanceof Uint8Array ? peekSignature(element) : undefined
    },
    async entries() {
      const entries: SignedEntry[] = []
      for (const [feed] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
        const elements = doc
          .getArray<unknown>(String(feed))
          .toArray()
          .filter((element) => element instanceof Uint8Array)
        const run = await walkRun(place, feed, undefined, elements)
        if (!run.ok) continue
        heads.set(feed, run.value.head)
        for (const entry of run.value.entries) entries.push(entry)
      }
      return entries
    },
    extend(extended) {
      for (const head of extended) heads.set(head.feed, head)
    },
    devices: () => [...heads.values()].map(({ device }) => device),
    lengthOfDevice: (device) => [...heads.values()].find((head) => head.device === device)?.length ?? 0,
  }
}
