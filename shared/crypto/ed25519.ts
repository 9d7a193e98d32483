import { fail, ok, type Result } from '../result.ts'
import { fromBase64Url } from './base64url.ts'
import { concatBytes, type Bytes } from './bytes.ts'
import { toHex } from './hex.ts'

/** A key that has been looked at: 32 bytes, canonical, not of small order (I6). */
export type PublicKey = Bytes & { readonly __brand: 'PublicKey' }

export interface SigningKey {
  publicKey: PublicKey
  /** 64 bytes (RFC 8032). */
  sign(message: Bytes): Promise<Bytes>
}

export type KeyProblem =
  { type: 'keyLength'; bytes: number } | { type: 'keyNotCanonical' } | { type: 'keySmallOrder' }

/** The y coordinates of the eight points whose order divides 8, little-endian, sign bit left out (RFC 7748 section 7). */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]

/** Whether y, without the sign bit, is at least the field's prime 2^255 - 19. */
const isBeyondField = (y: Uint8Array): boolean =>
  y[31] === 0x7f && y.subarray(1, 31).every((byte) => byte === 0xff) && (y[0] ?? 0) >= 0xed

/** WebCrypto takes keys for which anybody can make a valid signature; these stop here (I6). */
export const parsePublicKey = (bytes: Uint8Array): Result<PublicKey, KeyProblem> => {
  if (bytes.length !== 32) return fail({ type: 'keyLength', bytes: bytes.length })
  const y = new Uint8Array(bytes)
  y[31] = (y[31] ?? 0) & 0x7f
  if (isBeyondField(y)) return fail({ type: 'keyNotCanonical' })
  if (smallOrder.includes(toHex(y))) return fail({ type: 'keySmallOrder' })
  return ok(new Uint8Array(bytes) as PublicKey)
}

/** The PKCS#8 frame around a raw Ed25519 seed (RFC 8410 section 7). */
const pkcs8Prefix = new Uint8Array([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
])

/** Makes the signing key of a 32-byte seed. */
export const importSigningKey = async (seed: Bytes): Promise<SigningKey> => {
  const pkcs8 = concatBytes(pkcs8Prefix, seed)
  const exportable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
  const { x } = await crypto.subtle.exportKey('jwk', exportable)
  const publicKey = parsePublicKey(fromBase64Url(x ?? '') ?? new Uint8Array(0))
  if (!publicKey.ok) throw new Error(`the platform made no usable Ed25519 key: ${publicKey.problem.type}`)
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
  return {
    publicKey: publicKey.value,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, message)),
  }
}

/** Whether `signature` is the key's over `message`; anything ill-formed is simply not. */
export const verifySignature = async (key: PublicKey, signature: Bytes, message: Bytes): Promise<boolean> => {
  if (signature.length !== 64) return false
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', imported, signature, message)
  } catch {
    return false // not a point on the curve
  }
}
