import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { concatBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { KemKey } from '../../../shared/crypto/x25519-key.ts'
import { importPublicKem, type KemKeyPair } from './x25519.ts'

/** Sealing to a public key: HPKE in base mode (RFC 9180), X25519, HKDF-SHA256, AES-256-GCM. It says nothing of who sealed. */

const encBytes = 32
const tagBytes = 16

/** What seal and open must agree on. */
export interface SealedPurpose {
  /** `hearth/v1/<name>`: what it is for, so that one kind of box is never taken for another. */
  info: string
  /** What is bound to the box without being in it. */
  additionalData: Bytes
}

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
})

/** The box: enc (32 bytes) ‖ ciphertext, 48 bytes more than `plaintext`. */
export const sealTo = async (
  recipient: KemKey,
  plaintext: Bytes,
  { info, additionalData }: SealedPurpose,
): Promise<Bytes> => {
  const context = { recipientPublicKey: await importPublicKem(recipient), info: encodeUtf8(info) }
  const { enc, ct } = await suite.seal(context, plaintext, additionalData)
  return concatBytes(new Uint8Array(enc), new Uint8Array(ct))
}

/** The plaintext, or undefined where the box is for another key or purpose, or anything in it was changed. */
export const openWith = async (
  recipient: KemKeyPair,
  box: Bytes,
  { info, additionalData }: SealedPurpose,
): Promise<Bytes | undefined> => {
  if (box.length < encBytes + tagBytes) return undefined
  const context = {
    recipientKey: recipient.handles,
    enc: box.slice(0, encBytes),
    info: encodeUtf8(info),
  }
  try {
    return new Uint8Array(await suite.open(context, box.slice(encBytes), additionalData))
  } catch {
    return undefined // its only answer to a box that does not open is an exception
  }
}
