import * as encoding from 'lib0/encoding'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { FeedId } from '../ports.ts'

const contentAny = 8
const hasOrigin = 0x80

/** Elements that follow one another in a feed, the first of them at `clock`. */
export interface Run {
  feed: FeedId
  clock: number
  elements: readonly Uint8Array[]
}

/**
 * The Yjs update (v1) that appends `elements` to the array named by `feed`, the first of them at `clock`: one struct, as Yjs
 * itself writes it, without a document to write it in. The bytes go in as ContentAny, of which a device's whole run merges
 * into one struct; as Y.Array would take them, each would be a struct of its own. An entry can so be on the disk before it is in the page
 * (P5), and what a peer lacks can be cut into slices of any size.
 */
export const encodeAppend = (feed: FeedId, clock: number, elements: readonly Uint8Array[]): Bytes =>
  encodeRuns([{ feed, clock, elements }])

/** The same of several feeds, one run each, in the order in which Yjs writes them. */
export const encodeRuns = (runs: readonly Run[]): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, runs.length)
  for (const run of [...runs].sort((left, right) => right.feed - left.feed)) writeRun(encoder, run)
  encoding.writeVarUint(encoder, 0) // nothing deleted
  return copyBytes(encoding.toUint8Array(encoder))
}

const writeRun = (encoder: encoding.Encoder, { feed, clock, elements }: Run): void => {
  encoding.writeVarUint(encoder, 1) // one struct
  encoding.writeVarUint(encoder, feed)
  encoding.writeVarUint(encoder, clock)
  if (clock > 0) {
    encoding.writeUint8(encoder, contentAny | hasOrigin)
    encoding.writeVarUint(encoder, feed)
    encoding.writeVarUint(encoder, clock - 1)
  } else {
    encoding.writeUint8(encoder, contentAny)
    encoding.writeVarUint(encoder, 1) // the parent is a root type, by name
    encoding.writeVarString(encoder, String(feed))
  }
  encoding.writeVarUint(encoder, elements.length)
  for (const element of elements) encoding.writeAny(encoder, element)
}
