import { concatBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { parseKemKey, type KemKey } from '../../../shared/crypto/x25519-key.ts'

/** An X25519 key pair (RFC 7748): what others seal to, and what opens it (hpke.ts). */
export interface KemKeyPair {
  publicKey: KemKey
  /** The platform's own handles of the two; the private one cannot be read out. */
  handles: { privateKey: WebCryptoKey; publicKey: WebCryptoKey }
  /** The secret shared with another's key, 32 bytes; undefined where there is none that is safe (I6). */
  agree(other: KemKey): Promise<Bytes | undefined>
}

/** The PKCS#8 frame around a raw X25519 private key (RFC 8410 section 7). */
const pkcs8Prefix = new Uint8Array([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20,
])

/** u = 9 (RFC 7748 section 4.1). */
const basePoint = new Uint8Array(32)
basePoint[0] = 9

export const importPublicKem = (key: Bytes): Promise<WebCryptoKey> =>
  crypto.subtle.importKey('raw', key, 'X25519', true, [])

const multiply = async (privateKey: WebCryptoKey, point: Bytes): Promise<Bytes> => {
  const parameters = { name: 'X25519', public: await importPublicKem(point) }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, privateKey, 256))
}

/** Makes the key pair of a 32-byte seed. */
export const importKemKey = async (seed: Bytes): Promise<KemKeyPair> => {
  const pkcs8 = concatBytes(pkcs8Prefix, seed)
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits'])
  // By multiplication and not by export as JWK: that would take an extractable key, and Firefox refuses some of those.
  const publicKey = parseKemKey(await multiply(privateKey, basePoint))
  if (!publicKey.ok) throw new Error(`the platform made no usable X25519 key: ${publicKey.problem.type}`)
  return {
    publicKey: publicKey.value,
    handles: { privateKey, publicKey: await importPublicKem(publicKey.value) },
    async agree(other) {
      try {
        return await multiply(privateKey, other)
      } catch {
        return undefined // a secret of zeros only, which the platform refuses (RFC 7748 section 6.1)
      }
    },
  }
}
