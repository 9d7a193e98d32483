import { concatBytes, type Bytes } from './bytes.ts'

/** SHA-256 of the parts one after the other: 32 bytes. */
export const sha256 = async (...parts: readonly Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', concatBytes(...parts)))
