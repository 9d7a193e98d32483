import type { DeviceId } from '../../../shared/identifiers.ts'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { importSigningKey, parsePublicKey, type PublicKey } from '../../../shared/crypto/ed25519.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { deriveBytes } from '../crypto/hkdf.ts'
import { importKemKey, type KemKeyPair } from '../crypto/x25519.ts'
import type { FeedId } from '../ports.ts'

/** This device: it signs what it writes (I3). Its account's certificate over it is public and kept apart. */
export interface Device {
  id: DeviceId
  feed: FeedId
  publicKey: PublicKey
  sign(message: Bytes): Promise<Bytes>
  /** DX: what is meant for this device alone is sealed to it. */
  kem: KemKeyPair
}

/** P2: the Yjs client id is 52 bits of the hash of the device's key, so nobody can write under another's by chance or will. */
export const feedOf = async (id: DeviceId): Promise<FeedId> => {
  const hash = await sha256(encodeUtf8(`hearth/v1/feed${id}`))
  const view = new DataView(hash.buffer)
  return (view.getUint32(0) & 0xfffff) * 2 ** 32 + view.getUint32(4)
}

/** The key that a device's or an invitation's id names, or undefined where it names none that is safe to trust (I6). */
export const publicKeyOf = (id: string): PublicKey | undefined => {
  const key = parsePublicKey(fromBase64Url(id) ?? new Uint8Array(0))
  return key.ok ? key.value : undefined
}

export const deviceIdOf = (key: PublicKey): DeviceId => toBase64Url(key) as DeviceId

/** Makes the device of a 32-byte seed. */
export const openDevice = async (seed: Bytes): Promise<Device> => {
  const [signSeed, kemSeed] = await Promise.all([
    deriveBytes(seed, 'hearth/v1/device-sign', 32),
    deriveBytes(seed, 'hearth/v1/device-kem', 32),
  ])
  const [{ publicKey, sign }, kem] = await Promise.all([importSigningKey(signSeed), importKemKey(kemSeed)])
  const id = deviceIdOf(publicKey)
  return { id, feed: await feedOf(id), publicKey, sign, kem }
}
