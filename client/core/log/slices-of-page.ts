import { equalBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import type { FeedId, PagePosition } from '../ports.ts'
import type { FeedStanding } from './digest.ts'
import { markBytes } from './forks.ts'
import type { Page } from './page.ts'

/** What a peer says of a page: how far it has each feed, and with which entry that ends; and which bodies it misses. */
export interface Lacking {
  lengths: ReadonlyMap<FeedId, number>
  missed?: readonly PagePosition[] | undefined
  /** The first `markBytes` bytes of the newest entries' hashes. */
  hashes?: ReadonlyMap<FeedId, Bytes> | undefined
}

/**
 * What a peer lacks of a page, as updates of a slice's size each (Y5): entries that follow what it has, then the bodies that it misses (P4),
 * as far as they are here.
 */
export function* slicesOf(
  page: Page,
  ours: readonly FeedStanding[],
  { lengths, missed = [], hashes = new Map() }: Lacking,
): Iterable<Bytes> {
  yield* newestOfOthers(page, ours, lengths, hashes)
  for (const { feed, length } of ours) {
    const from = lengths.get(feed) ?? 0
    if (from < length) yield* page.slices(feed, from, length, logLimits.syncSliceBytes)
  }
  const here = missed.filter(({ feed, seq }) => {
    const entry = page.read(feed, seq)
    return entry && !entry.bodyHash
  })
  for (const { feed, from, to } of joinPositions(here))
    yield* page.slices(feed, from, to, logLimits.syncSliceBytes)
}

/** P6: of feeds that are as long there as here and end in another entry, that entry: nothing else would ever show that they part. */
function* newestOfOthers(
  page: Page,
  ours: readonly FeedStanding[],
  theirs: ReadonlyMap<FeedId, number>,
  hashes: ReadonlyMap<FeedId, Bytes>,
): Iterable<Bytes> {
  for (const { feed, length, hash, isFrozen } of ours) {
    const their = hashes.get(feed)
    if (isFrozen || !hash || !their || theirs.get(feed) !== length) continue
    if (equalBytes(hash.subarray(0, markBytes), their)) continue
    yield* page.slices(feed, length - 1, length, logLimits.syncSliceBytes)
  }
}

/** Neighbours together, since each update that brings bodies back makes a page be written anew. */
const joinPositions = (positions: readonly PagePosition[]) => {
  const stretches: { feed: FeedId; from: number; to: number }[] = []
  const sorted = [...positions].sort((left, right) => left.feed - right.feed || left.seq - right.seq)
  for (const { feed, seq } of sorted) {
    const last = stretches.at(-1)
    if (last?.feed === feed && last.to === seq) last.to += 1
    else stretches.push({ feed, from: seq, to: seq + 1 })
  }
  return stretches
}
