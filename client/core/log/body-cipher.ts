import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { SealedBody } from './entry.ts'

/**
 * Turns what somebody wrote into what travels, and back. Everything about pages, feeds, gates and sync handles the sealed
 * form only, so that sealing by epoch keys (E3) means another BodyCipher and nothing else.
 */
export interface BodyCipher {
  seal(plaintext: Bytes): Promise<SealedBody>
  /** Undefined where this device cannot open it. */
  open(sealed: SealedBody): Promise<Bytes | undefined>
}

/** Bodies in the clear, told by an empty epoch. */
export const clearBodies: BodyCipher = {
  seal: (plaintext) =>
    Promise.resolve({ epoch: new Uint8Array(0), nonce: new Uint8Array(0), body: plaintext }),
  open: (sealed) => Promise.resolve(sealed.epoch.length === 0 ? sealed.body : undefined),
}
