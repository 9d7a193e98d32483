import type { Bytes } from '../../../shared/crypto/bytes.ts'

/** Small bodies come in steps of this many bytes. */
const step = 64
const smallBytes = 1_024

/** The length a body is padded to: in steps of 64 bytes up to 1 KiB, then by Padmé, which tells at most log log of the length and costs at most 12 %. */
export const paddedLength = (length: number): number => {
  const least = length + 1
  if (least <= smallBytes) return Math.ceil(least / step) * step
  const exponent = Math.floor(Math.log2(least))
  const kept = Math.floor(Math.log2(exponent)) + 1
  const grain = 2 ** Math.max(0, exponent - kept)
  return Math.ceil(least / grain) * grain
}

/** E3: hides how long a text is. One byte 0x80, then zeros (ISO/IEC 7816-4). */
export const pad = (plaintext: Uint8Array): Bytes => {
  const padded = new Uint8Array(paddedLength(plaintext.length))
  padded.set(plaintext)
  padded[plaintext.length] = 0x80
  return padded
}

/** Undefined where there is no padding. */
export const unpad = (padded: Bytes): Bytes | undefined => {
  const end = padded.findLastIndex((byte) => byte !== 0)
  return padded[end] === 0x80 ? padded.slice(0, end) : undefined
}
