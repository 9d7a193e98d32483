import { ok } from '../../../shared/result.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { epochIdBytes, nonceBytes } from '../log/entry.ts'

/** Bodies that anybody can open, for tests of what carries them. */
export const clearBodies: BodyCipher = {
  seal: (plaintext) =>
    Promise.resolve(
      ok({ epoch: new Uint8Array(epochIdBytes), nonce: new Uint8Array(nonceBytes), body: plaintext }),
    ),
  open: ({ body }) => Promise.resolve(body),
}
