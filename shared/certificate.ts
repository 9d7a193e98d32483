import * as encoding from 'lib0/encoding'
import { toBase64Url } from './crypto/base64url.ts'
import { concatBytes, copyBytes, decodeUtf8, encodeUtf8, type Bytes } from './crypto/bytes.ts'
import { parsePublicKey, verifySignature, type PublicKey } from './crypto/ed25519.ts'
import { sha256 } from './crypto/sha256.ts'
import { parseKemKey, type KemKey } from './crypto/x25519-key.ts'
import { decodeWith } from './decoding.ts'
import type { AccountId, DeviceId } from './identifiers.ts'
import { accountLimits, logLimits } from './limits.ts'
import { fail, ok, type Result } from './result.ts'

/** Who somebody is, for good: the public halves of what an account's seed gives (I2). */
export interface Identity {
  account: AccountId
  /** IK: signs certificates and revocations, and nothing else. */
  key: PublicKey
  /** What secrets for the account are sealed to. */
  kem: KemKey
}

/** A device as its account vouches for it (I3). */
export interface Certificate {
  identity: Identity
  device: DeviceId
  deviceKey: PublicKey
  /** DX: what secrets for this device are sealed to. */
  deviceKem: KemKey
  createdAt: number
  name: string
  /** The whole, as it travels. */
  bytes: Bytes
}

/** That a device is its account's no more (I3). */
export interface Revocation {
  account: AccountId
  identityKey: PublicKey
  device: DeviceId
  at: number
  /** How many entries of the device's feed in the family document still count; those after them are void. */
  accepted: number
  bytes: Bytes
}

export type CertificateProblem = { type: 'malformed' } | { type: 'badKey' } | { type: 'badSignature' }

const version = 1
const signatureBytes = 64
const accountLabel = encodeUtf8('hearth/v1/account')
const certificateLabel = encodeUtf8('hearth/v1/certificate')
const revocationLabel = encodeUtf8('hearth/v1/revocation')

/** I2: accountId = SHA-256(label ‖ IK). */
export const accountIdOf = async (identityKey: Uint8Array): Promise<AccountId> =>
  toBase64Url(await sha256(accountLabel, identityKey)) as AccountId

type Sign = (message: Bytes) => Promise<Bytes>

/** Makes a certificate; `sign` is the identity key's. A name that is too long is cut. */
export const makeCertificate = async (
  sign: Sign,
  fields: {
    identityKey: PublicKey
    identityKem: KemKey
    deviceKey: PublicKey
    deviceKem: KemKey
    createdAt: number
    name: string
  },
): Promise<Bytes> => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, version)
  for (const key of [fields.identityKey, fields.identityKem, fields.deviceKey, fields.deviceKem])
    encoding.writeUint8Array(encoder, key)
  encoding.writeVarUint(encoder, fields.createdAt)
  encoding.writeVarUint8Array(encoder, encodeUtf8(cutName(fields.name)))
  return signed(sign, certificateLabel, copyBytes(encoding.toUint8Array(encoder)))
}

/** Makes a revocation; `sign` is the identity key's. */
export const makeRevocation = (
  sign: Sign,
  fields: { identityKey: PublicKey; deviceKey: PublicKey; at: number; accepted: number },
): Promise<Bytes> => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, version)
  encoding.writeUint8Array(encoder, fields.identityKey)
  encoding.writeUint8Array(encoder, fields.deviceKey)
  encoding.writeVarUint(encoder, fields.at)
  encoding.writeVarUint(encoder, fields.accepted)
  return signed(sign, revocationLabel, copyBytes(encoding.toUint8Array(encoder)))
}

/** Parses and verifies: what comes out was signed by the identity it names, over keys that are safe to use (I6). */
export const readCertificate = async (
  bytes: Uint8Array,
): Promise<Result<Certificate, CertificateProblem>> => {
  if (bytes.length > accountLimits.maxCertificateBytes) return fail({ type: 'malformed' })
  const parsed = decodeWith(bytes, (reader) => {
    if (reader.uint8() !== version) return undefined
    const keys = [reader.bytes(32), reader.bytes(32), reader.bytes(32), reader.bytes(32)] as const
    const createdAt = reader.varUint(logLimits.maxClockMs)
    const name = decodeUtf8(reader.varBytes(maxNameBytes))
    return name === undefined ? undefined : { keys, createdAt, name, signature: reader.bytes(signatureBytes) }
  })
  if (!parsed) return fail({ type: 'malformed' })
  const key = parsePublicKey(parsed.keys[0])
  const kem = parseKemKey(parsed.keys[1])
  const deviceKey = parsePublicKey(parsed.keys[2])
  const deviceKem = parseKemKey(parsed.keys[3])
  if (!key.ok || !kem.ok || !deviceKey.ok || !deviceKem.ok) return fail({ type: 'badKey' })
  if (!(await isSigned(key.value, certificateLabel, bytes))) return fail({ type: 'badSignature' })
  return ok({
    identity: { account: await accountIdOf(key.value), key: key.value, kem: kem.value },
    device: toBase64Url(deviceKey.value) as DeviceId,
    deviceKey: deviceKey.value,
    deviceKem: deviceKem.value,
    createdAt: parsed.createdAt,
    name: parsed.name,
    bytes: copyBytes(bytes),
  })
}

/** Parses and verifies a revocation. */
export const readRevocation = async (bytes: Uint8Array): Promise<Result<Revocation, CertificateProblem>> => {
  if (bytes.length > accountLimits.maxRevocationBytes) return fail({ type: 'malformed' })
  const parsed = decodeWith(bytes, (reader) => {
    if (reader.uint8() !== version) return undefined
    const identityKey = reader.bytes(32)
    const deviceKey = reader.bytes(32)
    const at = reader.varUint(logLimits.maxClockMs)
    const accepted = reader.varUint(logLimits.maxEntriesPerFeed)
    return { identityKey, deviceKey, at, accepted, signature: reader.bytes(signatureBytes) }
  })
  if (!parsed) return fail({ type: 'malformed' })
  const key = parsePublicKey(parsed.identityKey)
  const deviceKey = parsePublicKey(parsed.deviceKey)
  if (!key.ok || !deviceKey.ok) return fail({ type: 'badKey' })
  if (!(await isSigned(key.value, revocationLabel, bytes))) return fail({ type: 'badSignature' })
  return ok({
    account: await accountIdOf(key.value),
    identityKey: key.value,
    device: toBase64Url(deviceKey.value) as DeviceId,
    at: parsed.at,
    accepted: parsed.accepted,
    bytes: copyBytes(bytes),
  })
}

const maxNameBytes = accountLimits.maxDeviceName * 4

const cutName = (name: string): string => Array.from(name).slice(0, accountLimits.maxDeviceName).join('')

const signed = async (sign: Sign, label: Bytes, body: Bytes): Promise<Bytes> =>
  concatBytes(body, await sign(concatBytes(label, body)))

/** The signature stands last, over the label and all before it. */
const isSigned = (key: PublicKey, label: Bytes, bytes: Uint8Array): Promise<boolean> => {
  const body = bytes.subarray(0, bytes.length - signatureBytes)
  return verifySignature(
    key,
    copyBytes(bytes.subarray(bytes.length - signatureBytes)),
    concatBytes(label, body),
  )
}
