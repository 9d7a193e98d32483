import type { VaultContents } from '../core/ports.ts'
import { concatBytes, encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import { storeLimits } from '../../shared/limits.ts'

/** One secret as it lies on the disk. */
export interface SealedField {
  nonce: Bytes
  sealed: Bytes
}

export type Field = keyof VaultContents
export const fields = ['deviceSeed', 'membership', 'notes'] as const satisfies Field[]

/** What seals a field: the app lock first, where there is one, then the key of this browser (I5). */
export interface FieldKeys {
  device: CryptoKey
  lock: CryptoKey | undefined
}

const nonceBytes = 12
const tagBytes = 16
const seedBytes = 32
const maxSealedBytes = storeLimits.maxVaultFieldBytes + nonceBytes + 2 * tagBytes

/** The purpose is bound to it, so that one secret cannot be put in another's place. */
const parametersFor = (purpose: string, nonce: Bytes): AesGcmParams => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: encodeUtf8(purpose),
})

export const seal = async (key: CryptoKey, purpose: string, plaintext: Bytes): Promise<SealedField> => {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  return {
    nonce,
    sealed: new Uint8Array(await crypto.subtle.encrypt(parametersFor(purpose, nonce), key, plaintext)),
  }
}

/** Undefined if its seal does not hold. */
export const open = async (
  key: CryptoKey,
  purpose: string,
  { nonce, sealed }: SealedField,
): Promise<Bytes | undefined> => {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parametersFor(purpose, nonce), key, sealed))
  } catch {
    return undefined
  }
}

export const sealField = async (keys: FieldKeys, field: Field, plaintext: Bytes): Promise<SealedField> => {
  if (!keys.lock) return seal(keys.device, `hearth/v1/vault/${field}`, plaintext)
  const inner = await seal(keys.lock, `hearth/v1/lock/${field}`, plaintext)
  return seal(keys.device, `hearth/v1/vault/locked/${field}`, concatBytes(inner.nonce, inner.sealed))
}

const isBytes = (value: unknown, minBytes: number, maxBytes: number): value is Bytes =>
  value instanceof Uint8Array && value.length >= minBytes && value.length <= maxBytes

/** The row, or undefined where it is none. */
export const parseSealed = (row: unknown): SealedField | undefined => {
  if (typeof row !== 'object' || row === null || !('nonce' in row) || !('sealed' in row)) return undefined
  const { nonce, sealed } = row
  if (!isBytes(nonce, nonceBytes, nonceBytes) || !isBytes(sealed, tagBytes, maxSealedBytes)) return undefined
  return { nonce, sealed }
}

/** Undefined if the row is not one, or its seal does not hold. */
export const openField = async (keys: FieldKeys, field: Field, row: unknown): Promise<Bytes | undefined> => {
  const outer = parseSealed(row)
  if (!outer) return undefined
  const plaintext = keys.lock
    ? await openLocked(keys.device, keys.lock, field, outer)
    : await open(keys.device, `hearth/v1/vault/${field}`, outer)
  return field === 'deviceSeed' && plaintext?.length !== seedBytes ? undefined : plaintext
}

const openLocked = async (device: CryptoKey, lock: CryptoKey, field: Field, outer: SealedField) => {
  const inner = await open(device, `hearth/v1/vault/locked/${field}`, outer)
  const sealed = inner && parseSealed({ nonce: inner.slice(0, nonceBytes), sealed: inner.slice(nonceBytes) })
  return sealed && open(lock, `hearth/v1/lock/${field}`, sealed)
}
