import type { Bytes } from '../../../shared/crypto/bytes.ts'

export interface SealingContext {
  /** 12 bytes, never twice with one key. */
  nonce: Bytes
  /** What is bound to the ciphertext without being in it. */
  additionalData: Bytes
}

/** An AES-256-GCM key (NIST SP 800-38D) with 128-bit tags. */
export interface SealingKey {
  seal(plaintext: Bytes, context: SealingContext): Promise<Bytes>
  /** The plaintext, or undefined where anything at all was changed. */
  open(ciphertext: Bytes, context: SealingContext): Promise<Bytes | undefined>
}

/** Takes the 32 bytes of a key. */
export const importSealingKey = async (secret: Bytes): Promise<SealingKey> => {
  const key = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const parameters = ({ nonce, additionalData }: SealingContext) => ({
    name: 'AES-GCM',
    iv: nonce,
    additionalData,
  })
  return {
    seal: async (plaintext, context) =>
      new Uint8Array(await crypto.subtle.encrypt(parameters(context), key, plaintext)),
    async open(ciphertext, context) {
      try {
        return new Uint8Array(await crypto.subtle.decrypt(parameters(context), key, ciphertext))
      } catch {
        return undefined // the only answer WebCrypto gives to a bad tag is an exception
      }
    },
  }
}
