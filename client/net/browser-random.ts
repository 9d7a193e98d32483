import type { Random } from '../core/ports.ts'

/** WebCrypto gives at most this much at a time. */
const maxBytesAtOnce = 65_536

/** The browser's cryptographically strong randomness. */
export const browserRandom: Random = {
  bytes(count) {
    const bytes = new Uint8Array(count)
    for (let offset = 0; offset < count; offset += maxBytesAtOnce) {
      crypto.getRandomValues(bytes.subarray(offset, offset + maxBytesAtOnce))
    }
    return bytes
  },
}
