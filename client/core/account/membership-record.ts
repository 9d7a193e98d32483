import * as encoding from 'lib0/encoding'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import { accountLimits, nameLimits } from '../../../shared/limits.ts'
import { readFamilyKeys, writeFamilyKeys, type FamilyKeys } from './family-keys.ts'

/** What a signed-in device keeps in its vault: whose it is, and how it is of the family. Never the account's seed (I4). */
export interface MembershipRecord {
  loginName: string
  certificate: Bytes
  /** Opens and renews the keyring on the server. */
  keyringKey: Bytes
  /** Absent while nobody has let the account in. */
  family: FamilyKeys | undefined
  /** The account was made here, and the family has yet to be told its name. */
  needsProfile: boolean
}

const version = 1
const keyBytes = 32
const maxNameBytes = nameLimits.maxPersonName * 32

export const encodeMembershipRecord = (record: MembershipRecord): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, version)
  encoding.writeVarUint8Array(encoder, encodeUtf8(record.loginName))
  encoding.writeVarUint8Array(encoder, record.certificate)
  encoding.writeUint8Array(encoder, record.keyringKey)
  encoding.writeUint8(encoder, record.needsProfile ? 1 : 0)
  encoding.writeUint8(encoder, record.family ? 1 : 0)
  if (record.family) writeFamilyKeys(encoder, record.family)
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but a whole record of this version. */
export const parseMembershipRecord = (bytes: Uint8Array): MembershipRecord | undefined =>
  decodeWith(bytes, (reader) => {
    if (reader.uint8() !== version) return undefined
    const loginName = decodeUtf8(reader.varBytes(maxNameBytes))
    const certificate = reader.varBytes(accountLimits.maxCertificateBytes)
    const keyringKey = reader.bytes(keyBytes)
    const needsProfile = reader.uint8() === 1
    const hasFamily = reader.uint8() === 1
    const family = hasFamily ? readFamilyKeys(reader) : undefined
    if (loginName === undefined || (hasFamily && !family)) return undefined
    return { loginName, certificate, keyringKey, family, needsProfile }
  })
