import * as encoding from 'lib0/encoding'
import { accountIdOf } from '../../../shared/certificate.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { parsePublicKey, verifySignature, type PublicKey } from '../../../shared/crypto/ed25519.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { logLimits, nameLimits } from '../../../shared/limits.ts'
import { parseFamilyName } from '../../../shared/names.ts'
import type { LogId } from '../ports.ts'

/** How a family began, signed by its owner. Its hash is the group's id, so nobody can give a family another owner (G1). */
export interface Genesis {
  group: LogId
  owner: AccountId
  familyName: string
  createdAt: number
  /** The whole, as it travels. */
  bytes: Bytes
}

const version = 1
const nonceBytes = 16
const signatureBytes = 64
const label = encodeUtf8('hearth/v1/genesis')
const maxNameBytes = nameLimits.maxFamilyName * 32
const groupIdBytes = 16

/** Makes a family; `sign` is the owner's identity key's. */
export const makeGenesis = async (
  sign: (message: Bytes) => Promise<Bytes>,
  fields: { ownerKey: PublicKey; familyName: string; createdAt: number; nonce: Bytes },
): Promise<Bytes> => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, version)
  encoding.writeUint8Array(encoder, fields.ownerKey)
  encoding.writeVarUint(encoder, fields.createdAt)
  encoding.writeUint8Array(encoder, fields.nonce)
  encoding.writeVarUint8Array(encoder, encodeUtf8(fields.familyName))
  const body = copyBytes(encoding.toUint8Array(encoder))
  return concatBytes(body, await sign(concatBytes(label, body)))
}

/** Parses and verifies; undefined for anything but a whole genesis with its owner's signature. */
export const readGenesis = async (bytes: Uint8Array): Promise<Genesis | undefined> => {
  const parsed = decodeWith(bytes, (reader) => {
    if (reader.uint8() !== version) return undefined
    const ownerKey = reader.bytes(32)
    const createdAt = reader.varUint(logLimits.maxClockMs)
    reader.bytes(nonceBytes)
    const name = decodeUtf8(reader.varBytes(maxNameBytes))
    return { ownerKey, createdAt, name, signature: reader.bytes(signatureBytes) }
  })
  const name = parsed?.name === undefined ? undefined : parseFamilyName(parsed.name)
  const key = parsed && parsePublicKey(parsed.ownerKey)
  if (!parsed || !key?.ok || !name?.ok) return undefined
  const body = bytes.subarray(0, bytes.length - signatureBytes)
  if (!(await verifySignature(key.value, parsed.signature, concatBytes(label, body)))) return undefined
  return {
    group: toBase64Url((await sha256(bytes)).slice(0, groupIdBytes)) as LogId,
    owner: await accountIdOf(key.value),
    familyName: name.value,
    createdAt: parsed.createdAt,
    bytes: copyBytes(bytes),
  }
}
