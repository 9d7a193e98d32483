import type { IDBPTransaction } from 'idb'
import type { VaultContents, VaultProblem } from '../core/ports.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { HearthSchema } from './database.ts'
import { parseLockRow, type LockKey } from './vault-lock.ts'
import { fields, openField, parseSealed, sealField, type Field, type SealedField } from './vault-seal.ts'

export type VaultTransaction = IDBPTransaction<HearthSchema, ['vault'], 'readwrite'>
type SealedFields = [Field, SealedField][]

/** Everything that is in the vault, at one moment. */
export interface VaultRows {
  key: unknown
  lock: unknown
  sealed: Record<Field, unknown>
}

/** What opens and seals them now. */
export interface VaultKeys {
  device: CryptoKey
  lock: LockKey | undefined
}

export const sealAll = async (keys: VaultKeys, contents: VaultContents): Promise<SealedFields> => {
  const fieldKeys = { device: keys.device, lock: keys.lock?.key }
  const sealed: SealedFields = []
  for (const field of fields) {
    const plaintext = contents[field]
    if (plaintext) sealed.push([field, await sealField(fieldKeys, field, plaintext)])
  }
  return sealed
}

export const openAll = async (
  keys: VaultKeys,
  { sealed }: VaultRows,
): Promise<Result<VaultContents, VaultProblem>> => {
  const fieldKeys = { device: keys.device, lock: keys.lock?.key }
  const deviceSeed = await openField(fieldKeys, 'deviceSeed', sealed.deviceSeed)
  if (!deviceSeed) return fail({ type: 'sealBroken', field: 'deviceSeed' })
  const contents: VaultContents = { deviceSeed }
  for (const field of ['membership', 'notes'] as const) {
    if (sealed[field] === undefined) continue
    const plaintext = await openField(fieldKeys, field, sealed[field])
    if (!plaintext) return fail({ type: 'sealBroken', field })
    contents[field] = plaintext
  }
  return ok(contents)
}

/** 'familySecret' is what a browser kept before there were accounts: it goes with the next write. */
export const putAll = async ({ store }: VaultTransaction, sealed: SealedFields): Promise<void> => {
  await Promise.all([store.delete('familySecret'), ...sealed.map(([field, row]) => store.put(row, field))])
}

/** Every write has a nonce of its own: the same nonces are the same rows. */
const nonceOf = (row: unknown): string => String(parseSealed(row)?.nonce)
export const areSame = (left: VaultRows, right: VaultRows): boolean =>
  fields.every((field) => nonceOf(left.sealed[field]) === nonceOf(right.sealed[field])) &&
  stampOf(left.lock) === stampOf(right.lock)

export const stampOf = (row: unknown): string | undefined => {
  const lock = parseLockRow(row)
  return lock === 'broken' ? lock : lock?.stamp
}

/** Takes what `store.get` of either kind of transaction gives. */
export const readRows = async (get: (key: string) => Promise<unknown>): Promise<VaultRows> => {
  const [key, lock, deviceSeed, membership, notes] = await Promise.all(
    ['key', 'lock', 'deviceSeed', 'membership', 'notes'].map(get),
  )
  return { key, lock, sealed: { deviceSeed, membership, notes } }
}
