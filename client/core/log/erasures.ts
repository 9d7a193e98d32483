import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { FeedId } from '../ports.ts'
import { parseEraseBody } from './erase-body.ts'
import { entryKinds, type EntryTime } from './entry.ts'
import type { SignedEntry } from './feed.ts'
import { compareTimes } from './hybrid-clock.ts'

/** That somebody wants the body at a place gone: by an erase entry that stands at `feed` and `seq`. */
export interface Erasure {
  by: DeviceId
  feed: FeedId
  seq: number
  time: EntryTime
  bodyHash: Bytes
}

/** What the erase entries of a page say, whether or not their authors may. */
export interface Erasures {
  /** The earliest first, the same on every device. */
  of(feed: FeedId, seq: number): readonly Erasure[]
  add(entries: Iterable<SignedEntry>): void
}

const compare = (left: Erasure, right: Erasure): number =>
  compareTimes(left.time, right.time) || left.feed - right.feed || left.seq - right.seq

export const createErasures = (): Erasures => {
  const byPlace = new Map<string, Erasure[]>()
  const nameOf = (feed: FeedId, seq: number) => `${feed} ${seq}`
  return {
    of: (feed, seq) => byPlace.get(nameOf(feed, seq)) ?? [],
    add(entries) {
      for (const entry of entries) {
        if (entry.kind !== entryKinds.erase) continue
        for (const target of parseEraseBody(entry.body) ?? []) {
          const name = nameOf(target.feed, target.seq)
          const { feed, seq, time, device: by } = entry
          const erasure: Erasure = { by, feed, seq, time, bodyHash: target.bodyHash }
          byPlace.set(name, [...(byPlace.get(name) ?? []), erasure].sort(compare))
        }
      }
    },
  }
}
