import { logLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { FeedId } from '../ports.ts'
import { readRuns, type RunsProblem } from './read-runs.ts'

/** What an update adds to one feed beyond what is already here. */
export interface FeedAppend {
  feed: FeedId
  elements: Uint8Array[]
  /** Of what is here already, the bodies that are wanted back, by their seq (P4). */
  again: ReadonlyMap<number, Uint8Array>
  /** The first that is not what is here at its place (P6). */
  rival?: { seq: number; element: Uint8Array<ArrayBuffer> } | undefined
  /** There was more of it, and nothing more is taken of this feed (P6). */
  isFrozen?: boolean
}

/** What is known of what is here already. */
export interface Held {
  /** Whether the entry that is here is to be taken once more (P4). */
  isWanted?(feed: FeedId, seq: number): boolean
  /** Whether this is another entry than the one that is here. */
  isOther?(feed: FeedId, seq: number, element: Uint8Array): boolean
  isFrozen?(feed: FeedId): boolean
}

export type StructureProblem =
  RunsProblem | { type: 'gap'; feed: FeedId } | { type: 'tooLarge'; bytes: number }

/**
 * Looks at a Yjs update before Yjs does (P3): every struct must append entries to the array of its own client, without a
 * gap, and nothing may be deleted. `lengthOf` tells how many entries of a feed are here; `feedCount` how many feeds.
 */
export const readAppends = (
  update: Uint8Array,
  lengthOf: (feed: FeedId) => number,
  feedCount: number,
  held: Held = {},
): Result<FeedAppend[], StructureProblem> => {
  if (update.length > logLimits.maxUpdateBytes) return fail({ type: 'tooLarge', bytes: update.length })
  const runs = readRuns(update)
  if (!runs.ok) return runs

  const appends: FeedAppend[] = []
  for (const { feed, clock, elements } of runs.value) {
    const here = lengthOf(feed)
    const isFrozen = held.isFrozen?.(feed) === true
    if (clock > here && !isFrozen) return fail({ type: 'gap', feed })
    const known = elements.slice(0, Math.max(0, here - clock))
    const again = new Map<number, Uint8Array>()
    let rival: FeedAppend['rival']
    for (const [index, element] of known.entries()) {
      const seq = clock + index
      if (held.isWanted?.(feed, seq)) again.set(seq, element)
      if (!rival && held.isOther?.(feed, seq, element)) rival = { seq, element }
    }
    const added = elements.slice(known.length)
    if (isFrozen && (rival || added.length > 0)) {
      // The other entry at its end is what froze it; one before would freeze it further back.
      const isBefore = rival !== undefined && rival.seq < here - 1
      appends.push({ feed, elements: [], again, isFrozen, rival: isBefore ? rival : undefined })
    } else if (added.length > 0 || again.size > 0 || rival)
      appends.push({ feed, elements: added, again, rival })
  }
  const opened = appends.filter(({ feed, elements }) => elements.length > 0 && lengthOf(feed) === 0).length
  if (feedCount + opened > logLimits.maxFeedsPerPage) return fail({ type: 'tooManyFeeds' })
  return ok(appends)
}
