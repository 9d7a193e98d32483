import { copyBytes, type Bytes } from './crypto/bytes.ts'

/** Thrown inside `decodeWith` only, and turned into a value there. */
class Malformed extends Error {}

/** Reads untrusted bytes in lib0's encoding: every length is checked before its content is touched. */
export interface Reader {
  uint8(): number
  /** At most `max`, which is at most 2^53 - 1. */
  varUint(max: number): number
  bytes(count: number): Bytes
  /** A length, at most `max`, then as many bytes. */
  varBytes(max: number): Bytes
  /** A count, at most `max`, then as many items as `read` reads. */
  list<Item>(max: number, read: () => Item): Item[]
}

/**
 * Runs `read` over all of `bytes`: its value, or undefined where anything was malformed or left over. Nothing else can
 * come out of it, whatever the bytes are.
 */
export const decodeWith = <Value>(bytes: Uint8Array, read: (reader: Reader) => Value): Value | undefined => {
  let offset = 0
  const take = (count: number): Uint8Array => {
    if (bytes.length - offset < count) throw new Malformed()
    offset += count
    return bytes.subarray(offset - count, offset)
  }
  const reader: Reader = {
    uint8: () => take(1)[0] ?? 0,
    varUint(max) {
      let value = 0
      let factor = 1
      for (;;) {
        const byte = reader.uint8()
        value += (byte & 0x7f) * factor
        if (value > max || factor > 2 ** 49) throw new Malformed()
        if (byte < 0x80) return value
        factor *= 128
      }
    },
    bytes: (count) => copyBytes(take(count)),
    varBytes: (max) => reader.bytes(reader.varUint(max)),
    list(max, readItem) {
      const items = []
      for (let left = reader.varUint(max); left > 0; left--) items.push(readItem())
      return items
    },
  }
  try {
    const value = read(reader)
    return offset === bytes.length ? value : undefined
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}
