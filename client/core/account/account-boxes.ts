import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { deriveBytes } from '../crypto/hkdf.ts'
import type { AccountKeys } from '../identity/account-keys.ts'
import { openAccountKeys } from '../identity/account-keys.ts'
import type { Random } from '../ports.ts'
import { encodeFamilyKeys, parseFamilyKeys, type FamilyKeys } from './family-keys.ts'
import { openBox, sealBox } from './sealed-box.ts'

/** The two boxes that the server keeps for an account and cannot open (A2; shared/vault-boxes.ts). As base64url. */

const seedBoxKey = (exportKey: Bytes): Promise<Bytes> => deriveBytes(exportKey, 'hearth/v1/seed-box', 32)
const seedPurpose = 'hearth/v1/seed-box'
/** The account is bound to it, so that one account's box is never another's. */
const keyringPurpose = (account: AccountId): string => `hearth/v1/keyring ${account}`

export const sealSeed = async (exportKey: Bytes, seed: Bytes, random: Random): Promise<string> =>
  toBase64Url(await sealBox(await seedBoxKey(exportKey), seed, seedPurpose, random))

/** The keys of the seed in the box, or undefined where it is not this account's: swapped, or damaged. */
export const openSeed = async (
  exportKey: Bytes,
  box: string,
  account: AccountId,
): Promise<{ seed: Bytes; keys: AccountKeys } | undefined> => {
  const seed = await openBox(
    await seedBoxKey(exportKey),
    fromBase64Url(box) ?? new Uint8Array(0),
    seedPurpose,
  )
  if (!seed) return undefined
  const keys = await openAccountKeys(seed)
  return keys.identity.account === account ? { seed, keys } : undefined
}

export const sealKeyring = async (
  keyringKey: Bytes,
  account: AccountId,
  family: FamilyKeys,
  random: Random,
): Promise<string> =>
  toBase64Url(await sealBox(keyringKey, encodeFamilyKeys(family), keyringPurpose(account), random))

export const openKeyring = async (
  keyringKey: Bytes,
  account: AccountId,
  box: string,
): Promise<FamilyKeys | undefined> => {
  const bytes = fromBase64Url(box)
  const opened = bytes && (await openBox(keyringKey, bytes, keyringPurpose(account)))
  return opened && parseFamilyKeys(opened)
}
