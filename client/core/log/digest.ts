import * as encoding from 'lib0/encoding'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import type { FeedId, LogId } from '../ports.ts'

export const digestBytes = 16

/** How a feed stands in a page, as far as devices compare it. */
export interface FeedStanding {
  feed: FeedId
  /** As much as counts (G6). */
  length: number
  /** The newest entry's hash; absent where less may count than is here, since devices may have kept more and less of the rest. */
  hash?: Bytes
  /** Nothing more is taken of it (P6). */
  isFrozen: boolean
}

/**
 * Digest of one page: its feeds, their lengths and their newest entries' hashes. Feeds are signed chains, so equal hashes mean equal entries
 * (Y2), and unequal ones at equal lengths a fork (P6). A page in which `ownFeed` misses bodies is like nobody else's, so that they are asked
 * for (P4).
 */
export const digestPage = async (standings: readonly FeedStanding[], ownFeed?: FeedId): Promise<Bytes> => {
  const encoder = encoding.createEncoder()
  // Of a feed of which nothing counts some devices have entries, which they need not have, and others never had any (G6).
  const told = standings.filter(({ length, isFrozen }) => length > 0 || isFrozen)
  for (const { feed, length, hash, isFrozen } of told.sort((left, right) => left.feed - right.feed)) {
    encoding.writeVarUint(encoder, feed)
    encoding.writeVarUint(encoder, length)
    encoding.writeUint8(encoder, isFrozen ? 1 : 0)
    encoding.writeVarUint8Array(encoder, hash ?? new Uint8Array(0))
  }
  if (ownFeed !== undefined) encoding.writeVarUint(encoder, ownFeed)
  return shorten(await sha256(encodeUtf8('hearth/v1/page'), encoding.toUint8Array(encoder)))
}

/** Digest of a log, from its pages' digests. */
export const digestLog = async (pages: ReadonlyMap<number, Bytes>): Promise<Bytes> => {
  const encoder = encoding.createEncoder()
  for (const [page, digest] of [...pages].sort(([left], [right]) => left - right)) {
    encoding.writeVarUint(encoder, page)
    encoding.writeUint8Array(encoder, digest)
  }
  return shorten(await sha256(encodeUtf8('hearth/v1/log'), encoding.toUint8Array(encoder)))
}

/** Digest of all logs together: two devices that agree on it need say no more. */
export const digestRoot = async (logs: ReadonlyMap<LogId, Bytes>): Promise<Bytes> => {
  const parts = [...logs]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([log, digest]) => [encodeUtf8(log), digest])
  return shorten(await sha256(encodeUtf8('hearth/v1/root'), concatBytes(...parts)))
}

const shorten = (hash: Bytes): Bytes => hash.slice(0, digestBytes)

export const sameDigest = (left: Uint8Array, right: Uint8Array): boolean =>
  toBase64Url(left) === toBase64Url(right)
