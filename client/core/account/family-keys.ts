import * as encoding from 'lib0/encoding'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import { accountLimits, groupLimits, logLimits } from '../../../shared/limits.ts'

/** What one needs to be of a family: how it began, its discovery secret, and what one's membership rests on (A8). */
export interface FamilyKeys {
  genesis: Bytes
  /** 32 bytes (S3). */
  secret: Bytes
  statements: readonly Bytes[]
  /** Secrets of epochs that open what was written so far (G3), 32 bytes each. */
  epochs: readonly Bytes[]
}

const version = 1
const secretBytes = 32
const maxGenesisBytes = 2_048

export const writeFamilyKeys = (encoder: encoding.Encoder, family: FamilyKeys): void => {
  encoding.writeUint8(encoder, version)
  encoding.writeVarUint8Array(encoder, family.genesis)
  encoding.writeUint8Array(encoder, family.secret)
  encoding.writeVarUint(encoder, family.statements.length)
  for (const statement of family.statements) encoding.writeVarUint8Array(encoder, statement)
  encoding.writeVarUint(encoder, family.epochs.length)
  for (const epoch of family.epochs) encoding.writeUint8Array(encoder, epoch)
}

export const readFamilyKeys = (reader: Reader): FamilyKeys | undefined => {
  if (reader.uint8() !== version) return undefined
  const genesis = reader.varBytes(maxGenesisBytes)
  const secret = reader.bytes(secretBytes)
  const statements = reader.list(accountLimits.maxProofStatements, () =>
    reader.varBytes(logLimits.maxEntryBytes),
  )
  const epochs = reader.list(groupLimits.maxGivenEpochs, () => reader.bytes(secretBytes))
  return { genesis, secret, statements, epochs }
}

export const encodeFamilyKeys = (family: FamilyKeys): Bytes => {
  const encoder = encoding.createEncoder()
  writeFamilyKeys(encoder, family)
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but whole family keys of this version. */
export const parseFamilyKeys = (bytes: Uint8Array): FamilyKeys | undefined =>
  decodeWith(bytes, readFamilyKeys)
