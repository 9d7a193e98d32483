import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import type { FeedId, PagePosition } from '../ports.ts'
import type { Page } from './page.ts'

/**
 * What a peer lacks of a page, as updates of a slice's size each (Y5): entries that follow what it has, then the bodies that it misses (P4),
 * as far as they are here.
 */
export function* slicesOf(
  page: Page,
  ours: ReadonlyMap<FeedId, number>,
  theirs: ReadonlyMap<FeedId, number>,
  missed: readonly PagePosition[],
): Iterable<Bytes> {
  for (const [feed, length] of ours) {
    const from = theirs.get(feed) ?? 0
    if (from < length) yield* page.slices(feed, from, length, logLimits.syncSliceBytes)
  }
  const here = missed.filter(({ feed, seq }) => {
    const entry = page.read(feed, seq)
    return entry && !entry.bodyHash
  })
  for (const { feed, from, to } of joinPositions(here))
    yield* page.slices(feed, from, to, logLimits.syncSliceBytes)
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
