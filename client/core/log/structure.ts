import * as Y from 'yjs'
import { logLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { FeedId } from '../ports.ts'

/** What an update adds to one feed beyond what is already here. */
export interface FeedAppend {
  feed: FeedId
  elements: Uint8Array[]
}

export type StructureProblem =
  | { type: 'gap'; feed: FeedId }
  | { type: 'tooLarge'; bytes: number }
  | { type: 'notAnUpdate' }
  | { type: 'deletes' }
  | { type: 'notAnAppend'; feed: FeedId }
  | { type: 'tooManyFeeds' }
  | { type: 'feedTooLong'; feed: FeedId }

/**
 * Looks at a Yjs update before Yjs does (P3): every struct must append entries to the array of its own client, without a
 * gap, and nothing may be deleted. `lengthOf` tells how many entries of a feed are here; `feedCount` how many feeds.
 */
export const readAppends = (
  update: Uint8Array,
  lengthOf: (feed: FeedId) => number,
  feedCount: number,
): Result<FeedAppend[], StructureProblem> => {
  if (update.length > logLimits.maxUpdateBytes) return fail({ type: 'tooLarge', bytes: update.length })
  const decoded = decode(update)
  if (!decoded) return fail({ type: 'notAnUpdate' })
  if (decoded.ds.clients.size > 0) return fail({ type: 'deletes' })

  const appends = new Map<FeedId, FeedAppend>()
  const ends = new Map<FeedId, number>()
  for (const struct of decoded.structs) {
    const feed = struct.id.client
    const elements = readElements(struct)
    if (!elements) return fail({ type: 'notAnAppend', feed })
    const here = ends.get(feed) ?? lengthOf(feed)
    if (struct.id.clock > here) return fail({ type: 'gap', feed })
    const end = struct.id.clock + struct.length
    if (end > logLimits.maxEntriesPerFeed) return fail({ type: 'feedTooLong', feed })
    if (end <= here) continue
    const append = appends.get(feed) ?? { feed, elements: [] }
    append.elements.push(...elements.slice(here - struct.id.clock))
    appends.set(feed, append)
    ends.set(feed, end)
  }
  const opened = [...appends.keys()].filter((feed) => lengthOf(feed) === 0).length
  if (feedCount + opened > logLimits.maxFeedsPerPage) return fail({ type: 'tooManyFeeds' })
  return ok([...appends.values()])
}

const decode = (update: Uint8Array): ReturnType<typeof Y.decodeUpdate> | undefined => {
  try {
    return Y.decodeUpdate(update)
  } catch {
    return undefined // Yjs throws whatever its reader stumbles over
  }
}

/**
 * The entries of a struct that appends to its own feed, else undefined. Origin: the entry just before; only the first has
 * none, and names its array instead.
 */
const readElements = (struct: Y.Item | Y.GC | { id: Y.ID; length: number }): Uint8Array[] | undefined => {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) return undefined
  const { client, clock } = struct.id
  if (struct.rightOrigin !== null || struct.parentSub !== null) return undefined
  const { origin } = struct
  const follows = origin !== null && origin.client === client && origin.clock === clock - 1
  const begins = origin === null && clock === 0 && (struct.parent as unknown) === String(client)
  if (!follows && !begins) return undefined
  const elements: unknown[] = struct.content.arr
  return elements.every((element) => element instanceof Uint8Array) ? elements : undefined
}
