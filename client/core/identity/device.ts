import type { DeviceId } from '../../../shared/identifiers.ts'
import { fromBase64Url, toBase64Url } from '../crypto/base64url.ts'
import { encodeUtf8, type Bytes } from '../crypto/bytes.ts'
import { importSigningKey, parsePublicKey, type PublicKey } from '../crypto/ed25519.ts'
import { sha256 } from '../crypto/sha256.ts'
import type { FeedId } from '../ports.ts'

/** This device: it signs what it writes (I3). An account's certificate over it comes with accounts. */
export interface Device {
  id: DeviceId
  feed: FeedId
  publicKey: PublicKey
  sign(message: Bytes): Promise<Bytes>
}

/** P2: the Yjs client id is 52 bits of the hash of the device's key, so nobody can write under another's by chance or will. */
export const feedOf = async (id: DeviceId): Promise<FeedId> => {
  const hash = await sha256(encodeUtf8(`hearth/v1/feed${id}`))
  const view = new DataView(hash.buffer)
  return (view.getUint32(0) & 0xfffff) * 2 ** 32 + view.getUint32(4)
}

/** The key a device id names, or undefined where it names none that is safe to trust (I6). */
export const publicKeyOf = (id: DeviceId): PublicKey | undefined => {
  const key = parsePublicKey(fromBase64Url(id) ?? new Uint8Array(0))
  return key.ok ? key.value : undefined
}

export const deviceIdOf = (key: PublicKey): DeviceId => toBase64Url(key) as DeviceId

/** Makes the device of a 32-byte seed. */
export const openDevice = async (seed: Bytes): Promise<Device> => {
  const { publicKey, sign } = await importSigningKey(seed)
  const id = deviceIdOf(publicKey)
  return { id, feed: await feedOf(id), publicKey, sign }
}
