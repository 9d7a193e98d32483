import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'

/**
 * Numbers one after the other, small ones in a byte, as lib0 writes them. In loops of their own, since a whole index has millions: a call
 * for each would take longer than all the rest.
 */
export interface ColumnWriter {
  add(number: number): void
  readonly length: number
  bytes(): Bytes
}

export const createColumnWriter = (): ColumnWriter => {
  let buffer = new Uint8Array(1_024)
  let length = 0
  return {
    add(number) {
      if (length + 8 > buffer.length) {
        const larger = new Uint8Array(buffer.length * 2)
        larger.set(buffer)
        buffer = larger
      }
      let rest = number
      while (rest >= 0x80) {
        buffer[length++] = (rest % 128) + 128
        rest = Math.floor(rest / 128)
      }
      buffer[length++] = rest
    },
    get length() {
      return length
    },
    bytes: () => copyBytes(buffer.subarray(0, length)),
  }
}

export const encodeColumn = (numbers: Iterable<number>): Bytes => {
  const writer = createColumnWriter()
  for (const number of numbers) writer.add(number)
  return writer.bytes()
}

/** Into `target`, all of it; false where there are more or fewer numbers, or one is above `max`, which is at most 2^47. */
export const decodeColumn = (
  bytes: Uint8Array,
  target: Uint8Array | Uint16Array | Uint32Array | Float64Array,
  max: number,
): boolean => {
  let at = 0
  for (let index = 0; index < target.length; index++) {
    let value = 0
    let factor = 1
    for (;;) {
      const byte = bytes[at++]
      if (byte === undefined) return false
      value += (byte & 0x7f) * factor
      if (value > max || factor > 2 ** 49) return false
      if (byte < 0x80) break
      factor *= 128
    }
    target[index] = value
  }
  return at === bytes.length
}
