import type { LockWays } from '../core/ports.ts'
import { toBase64Url } from '../../shared/crypto/base64url.ts'
import { encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import { open, parseSealed, seal, type SealedField } from './vault-seal.ts'

/** The app lock (I5): 32 random bytes that every field is sealed by, kept only wrapped by what its person knows or has. */
export interface LockKey {
  /** Names this lock key, so that a way is never taken for another's. */
  stamp: string
  secret: Bytes
  key: CryptoKey
}

/** The lock key, wrapped under what a passphrase gives. */
export interface PassphraseWay extends SealedField {
  salt: Bytes
}

/** The lock key, wrapped under what a passkey gives for this salt. */
export interface PasskeyWay extends SealedField {
  credential: Bytes
  salt: Bytes
}

/** The row 'lock' of the vault. */
export interface LockRow {
  stamp: string
  passphrase?: PassphraseWay
  passkey?: PasskeyWay
}

const lockBytes = 32

/**
 * OWASP's floor of 2023 for PBKDF2-HMAC-SHA-256. A constant, and not in the row: whoever can write to the disk could lower it there.
 * (WebCrypto has nothing stronger, and OPAQUE's argon2 would cost every opening 157 KB.)
 */
const iterations = 600_000

const importAes = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])

export const openLockKey = async (stamp: string, secret: Bytes): Promise<LockKey> => ({
  stamp,
  secret,
  key: await importAes(secret),
})

export const createLockKey = (): Promise<LockKey> =>
  openLockKey(
    toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
    crypto.getRandomValues(new Uint8Array(lockBytes)),
  )

/** The key that a passphrase gives; one text in several encodings is one passphrase. */
export const stretchPassphrase = async (passphrase: string, salt: Bytes): Promise<CryptoKey> => {
  const text = encodeUtf8(passphrase.normalize('NFKC'))
  const key = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits'])
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return importAes(new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256)))
}

/** The key that a passkey's answer gives. */
export const derivePasskeyKey = async (answer: Bytes): Promise<CryptoKey> => {
  const key = await crypto.subtle.importKey('raw', answer, 'HKDF', false, ['deriveBits'])
  const info = encodeUtf8('hearth/v1/lock/passkey')
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info }
  return importAes(new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256)))
}

type Way = 'passphrase' | 'passkey'
const purposeOf = (way: Way, stamp: string): string => `hearth/v1/lock/${way}/${stamp}`

export const wrapLock = (lock: LockKey, by: CryptoKey, way: Way): Promise<SealedField> =>
  seal(by, purposeOf(way, lock.stamp), lock.secret)

/** Undefined under any key but the one it was wrapped by. */
export const unwrapLock = async (
  stamp: string,
  way: Way,
  wrapped: SealedField,
  by: CryptoKey,
): Promise<Bytes | undefined> => {
  const secret = await open(by, purposeOf(way, stamp), wrapped)
  return secret?.length === lockBytes ? secret : undefined
}

const bytesOf = (row: object, name: string, maxBytes: number): Bytes | undefined => {
  const value = (row as Record<string, unknown>)[name]
  return value instanceof Uint8Array && value.length > 0 && value.length <= maxBytes
    ? new Uint8Array(value)
    : undefined
}

const parsePassphraseWay = (row: unknown): PassphraseWay | undefined => {
  const sealed = parseSealed(row)
  const salt = typeof row === 'object' && row ? bytesOf(row, 'salt', 64) : undefined
  return sealed && salt && { ...sealed, salt }
}

const parsePasskeyWay = (row: unknown): PasskeyWay | undefined => {
  const way = parsePassphraseWay(row)
  // WebAuthn allows ids of up to 1,023 bytes.
  const credential = typeof row === 'object' && row ? bytesOf(row, 'credential', 1_023) : undefined
  return way && credential && { ...way, credential }
}

/** Undefined where there is no lock. One way that is damaged does not take the other with it. */
export const parseLockRow = (row: unknown): LockRow | 'broken' | undefined => {
  if (row === undefined) return undefined
  if (typeof row !== 'object' || row === null || !('stamp' in row) || typeof row.stamp !== 'string')
    return 'broken'
  const passphrase = 'passphrase' in row ? parsePassphraseWay(row.passphrase) : undefined
  const passkey = 'passkey' in row ? parsePasskeyWay(row.passkey) : undefined
  if (!passphrase && !passkey) return 'broken'
  return { stamp: row.stamp, ...(passphrase ? { passphrase } : {}), ...(passkey ? { passkey } : {}) }
}

export const waysOf = (row: LockRow | undefined): LockWays => ({
  hasPassphrase: row?.passphrase !== undefined,
  hasPasskey: row?.passkey !== undefined,
})
