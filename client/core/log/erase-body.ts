import * as encoding from 'lib0/encoding'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import { logLimits } from '../../../shared/limits.ts'
import type { FeedId } from '../ports.ts'

/** An entry of the same page whose body is to go, everywhere (P4). */
export interface EraseTarget {
  feed: FeedId
  seq: number
  /** SHA-256 of the sealed body: so nobody can make go what they have not seen, and nothing else goes in its place. */
  bodyHash: Bytes
}

const hashBytes = 32
export const maxFeedId = 2 ** 52

/** What an erase entry says. At most `logLimits.maxEraseTargets` of them. */
export const encodeEraseBody = (targets: readonly EraseTarget[]): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, targets.length)
  for (const { feed, seq, bodyHash } of targets) {
    encoding.writeVarUint(encoder, feed)
    encoding.writeVarUint(encoder, seq)
    encoding.writeUint8Array(encoder, bodyHash)
  }
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but a whole body that names something. */
export const parseEraseBody = (bytes: Uint8Array): EraseTarget[] | undefined =>
  decodeWith(bytes, (reader) => {
    const targets = reader.list(logLimits.maxEraseTargets, () => ({
      feed: reader.varUint(maxFeedId),
      seq: reader.varUint(logLimits.maxEntriesPerFeed),
      bodyHash: reader.bytes(hashBytes),
    }))
    return targets.length > 0 ? targets : undefined
  })
