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
}

export type StructureProblem =
  RunsProblem | { type: 'gap'; feed: FeedId } | { type: 'tooLarge'; bytes: number }

/**
 * Looks at a Yjs update before Yjs does (P3): every struct must append entries to the array of its own client, without a
 * gap, and nothing may be deleted. `lengthOf` tells how many entries of a feed are here; `feedCount` how many feeds;
 * `isWanted` whether the entry that is here is to be taken once more.
 */
export const readAppends = (
  update: Uint8Array,
  lengthOf: (feed: FeedId) => number,
  feedCount: number,
  isWanted: (feed: FeedId, seq: number) => boolean = () => false,
): Result<FeedAppend[], StructureProblem> => {
  if (update.length > logLimits.maxUpdateBytes) return fail({ type: 'tooLarge', bytes: update.length })
  const runs = readRuns(update)
  if (!runs.ok) return runs

  const appends: FeedAppend[] = []
  for (const { feed, clock, elements } of runs.value) {
    const here = lengthOf(feed)
    if (clock > here) return fail({ type: 'gap', feed })
    const again = new Map<number, Uint8Array>()
    for (const [index, element] of elements.slice(0, here - clock).entries())
      if (isWanted(feed, clock + index)) again.set(clock + index, element)
    const added = elements.slice(here - clock)
    if (added.length > 0 || again.size > 0) appends.push({ feed, elements: added, again })
  }
  const opened = appends.filter(({ feed }) => lengthOf(feed) === 0).length
  if (feedCount + opened > logLimits.maxFeedsPerPage) return fail({ type: 'tooManyFeeds' })
  return ok(appends)
}
