import { fail, ok, type Result } from '../result.ts'
import type { Bytes } from './bytes.ts'
import { toHex } from './hex.ts'

/** An X25519 key that has been looked at: 32 bytes, canonical, not of small order (I6). */
export type KemKey = Bytes & { readonly __brand: 'KemKey' }

export type KemKeyProblem =
  { type: 'keyLength'; bytes: number } | { type: 'keyNotCanonical' } | { type: 'keySmallOrder' }

/** The u coordinates of order 1, 2, 4 and 8, little-endian, below the field's prime (RFC 7748 section 7). */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

/** A shared secret made with one of these would be known to everybody; WebCrypto may take them (I6). */
export const parseKemKey = (bytes: Uint8Array): Result<KemKey, KemKeyProblem> => {
  if (bytes.length !== 32) return fail({ type: 'keyLength', bytes: bytes.length })
  const top = bytes[31] ?? 0
  const isBeyondField =
    top === 0x7f && bytes.subarray(1, 31).every((byte) => byte === 0xff) && (bytes[0] ?? 0) >= 0xed
  if (top > 0x7f || isBeyondField) return fail({ type: 'keyNotCanonical' })
  if (smallOrder.includes(toHex(bytes))) return fail({ type: 'keySmallOrder' })
  return ok(new Uint8Array(bytes) as KemKey)
}
