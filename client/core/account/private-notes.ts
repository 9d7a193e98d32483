import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { noTrustMarks, type TrustMarks } from '../room/trust-marks.ts'

/** What a person has told this device for themselves; in its vault, and nowhere else. */
export interface PrivateNotes {
  trust: TrustMarks
  /** The recovery phrase was written down (ux 4). */
  hasKeptPhrase: boolean
}

export const noPrivateNotes: PrivateNotes = { trust: noTrustMarks, hasKeptPhrase: false }

const version = 1
const idBytes = 32

export const encodePrivateNotes = ({ trust, hasKeptPhrase }: PrivateNotes): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, version)
  encoding.writeUint8(encoder, hasKeptPhrase ? 1 : 0)
  for (const accounts of [trust.verified, trust.accepted, trust.blocked]) {
    encoding.writeVarUint(encoder, accounts.size)
    for (const account of accounts)
      encoding.writeUint8Array(encoder, fromBase64Url(account) ?? new Uint8Array(idBytes))
  }
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Notes that cannot be read are none: nothing but marks and a reminder hangs on them. */
export const parsePrivateNotes = (bytes: Uint8Array | undefined): PrivateNotes =>
  (bytes && decodeWith(bytes, readNotes)) ?? noPrivateNotes

const readNotes = (reader: Reader): PrivateNotes | undefined => {
  if (reader.uint8() !== version) return undefined
  const hasKeptPhrase = reader.uint8() === 1
  const verified = readAccounts(reader)
  const accepted = readAccounts(reader)
  return { hasKeptPhrase, trust: { verified, accepted, blocked: readAccounts(reader) } }
}

const readAccounts = (reader: Reader): Set<AccountId> =>
  new Set(reader.list(accountLimits.maxAccounts * 4, () => toBase64Url(reader.bytes(idBytes)) as AccountId))
