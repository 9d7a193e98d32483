import type { Bytes } from './bytes.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Map(Array.from(alphabet).map((character, value) => [character, value]))

/** RFC 4648 section 5, without padding. */
export const toBase64Url = (bytes: Uint8Array): string => {
  let text = ''
  let pending = 0
  let pendingBits = 0
  for (const byte of bytes) {
    pending = (pending << 8) | byte
    pendingBits += 8
    while (pendingBits >= 6) {
      pendingBits -= 6
      text += alphabet[(pending >> pendingBits) & 63] ?? ''
    }
    pending &= (1 << pendingBits) - 1
  }
  if (pendingBits > 0) text += alphabet[(pending << (6 - pendingBits)) & 63] ?? ''
  return text
}

/** The bytes, or undefined for anything that `toBase64Url` would not have written. */
export const fromBase64Url = (text: string): Bytes | undefined => {
  if (text.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let pending = 0
  let pendingBits = 0
  let offset = 0
  for (const character of text) {
    const value = values.get(character)
    if (value === undefined) return undefined
    pending = (pending << 6) | value
    pendingBits += 6
    if (pendingBits >= 8) {
      pendingBits -= 8
      bytes[offset++] = (pending >> pendingBits) & 255
      pending &= (1 << pendingBits) - 1
    }
  }
  // Bits left over must be zero, or two texts would mean the same bytes.
  return pending === 0 ? bytes : undefined
}
