import { concatBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { importSealingKey } from '../crypto/aes-gcm.ts'
import type { Random } from '../ports.ts'

const nonceBytes = 12

/** A box for later: nonce (12 bytes) ‖ AES-256-GCM of `plaintext`. `purpose` is bound to it without being in it. */
export const sealBox = async (
  key: Bytes,
  plaintext: Bytes,
  purpose: string,
  random: Random,
): Promise<Bytes> => {
  const nonce = random.bytes(nonceBytes)
  const sealing = await importSealingKey(key)
  const sealed = await sealing.seal(plaintext, { nonce, additionalData: encodeUtf8(purpose) })
  return concatBytes(nonce, sealed)
}

/** The plaintext, or undefined for another key, another purpose, or a box in which anything was changed. */
export const openBox = async (key: Bytes, box: Bytes, purpose: string): Promise<Bytes | undefined> => {
  if (box.length <= nonceBytes) return undefined
  const context = { nonce: box.slice(0, nonceBytes), additionalData: encodeUtf8(purpose) }
  return (await importSealingKey(key)).open(box.slice(nonceBytes), context)
}
