import type { VaultContents } from '../core/ports.ts'

/** One secret as it lies on the disk. */
export interface SealedField {
  nonce: Uint8Array<ArrayBuffer>
  sealed: Uint8Array<ArrayBuffer>
}

const nonceBytes = 12
const secretBytes = 32
const tagBytes = 16

/** The field's name is bound to it, so that one secret cannot be put in another's place. */
const parametersFor = (field: keyof VaultContents, nonce: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: new TextEncoder().encode(`hearth/v1/vault/${field}`),
})

export const sealField = async (
  key: CryptoKey,
  field: keyof VaultContents,
  plaintext: Uint8Array<ArrayBuffer>,
): Promise<SealedField> => {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const sealed = await crypto.subtle.encrypt(parametersFor(field, nonce), key, plaintext)
  return { nonce, sealed: new Uint8Array(sealed) }
}

const isBytes = (value: unknown, length: number): value is Uint8Array<ArrayBuffer> =>
  value instanceof Uint8Array && value.length === length

/** Undefined if the row is not one, or its seal does not hold. */
export const openField = async (
  key: CryptoKey,
  field: keyof VaultContents,
  row: unknown,
): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  if (typeof row !== 'object' || row === null || !('nonce' in row) || !('sealed' in row)) return undefined
  const { nonce, sealed } = row
  if (!isBytes(nonce, nonceBytes) || !isBytes(sealed, secretBytes + tagBytes)) return undefined
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parametersFor(field, nonce), key, sealed))
  } catch {
    return undefined
  }
}
