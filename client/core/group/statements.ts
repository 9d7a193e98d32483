import * as encoding from 'lib0/encoding'
import {
  readCertificate,
  readRevocation,
  type Certificate,
  type Revocation,
} from '../../../shared/certificate.ts'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { verifySignature } from '../../../shared/crypto/ed25519.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { accountLimits, logLimits } from '../../../shared/limits.ts'
import type { Role } from '../../../shared/roles.ts'
import { publicKeyOf } from '../identity/device.ts'
import type { LogId } from '../ports.ts'

/**
 * What is said about who belongs to the family (I3, G2, L3, A8). Each statement carries its own signature, so that it can also be shown
 * outside the family document: in a welcome, in a keyring, in a Link's handshake.
 */
export type StatementBody =
  /** By an owner or admin: whoever has the secret of this key may come in. */
  | {
      type: 'invitation'
      key: InvitationKey
      role: Exclude<Role, 'owner'>
      uses: number
      expiresAt: number
      /** Whose place the newcomer takes: somebody who lost password and phrase. */
      replaces?: AccountId | undefined
      /** What of their entries still counts, once somebody has come in their place. */
      cuts?: readonly Cut[] | undefined
    }
  /** By an owner or admin: of those who came by this invitation only the ones named stay. */
  | { type: 'withdrawal'; key: InvitationKey; joined: readonly AccountId[] }
  /** By an owner: what somebody may do from now on. */
  | { type: 'role'; account: AccountId; role: Exclude<Role, 'owner'>; cuts: readonly Cut[] }
  /** By an owner or admin: somebody is of the family no more. */
  | { type: 'removal'; account: AccountId; cuts: readonly Cut[] }
  /** By whoever may act on its account, or by another device of it: what of a device that is out now still counts in the rooms (G6). */
  | { type: 'cut'; device: DeviceId; logs: readonly LogCut[] }

/** What a device said, with its signature. */
export type SignedBody = StatementBody & { signer: DeviceId; ms: number }

export type Statement = { id: string; bytes: Bytes } & (
  | { type: 'certificate'; certificate: Certificate }
  | { type: 'revocation'; revocation: Revocation }
  /** By the secret of an invitation: this account came in by it. */
  | { type: 'join'; account: AccountId; key: InvitationKey; ms: number }
  | SignedBody
)

/** The public half of an invitation's signing key, as 43 base64url characters. */
export type InvitationKey = string & { readonly __brand: 'InvitationKey' }

/** Of what this device wrote in the family document only so many entries count (G6): what it back-dates or writes later is void. */
export interface Cut {
  device: DeviceId
  length: number
}

/** How much of a device's entries counts in a room's log; of pages that are not listed nothing does. */
export interface LogCut {
  log: LogId
  pages: readonly { page: number; length: number }[]
}

const kinds = {
  certificate: 1,
  revocation: 2,
  join: 3,
  invitation: 4,
  withdrawal: 5,
  role: 6,
  removal: 7,
  cut: 8,
} as const
const roleCodes = { member: 0, admin: 1 } as const
const idBytes = 32
const logIdBytes = 16
const signatureBytes = 64
const label = encodeUtf8('hearth/v1/statement')

const wrap = (kind: keyof typeof kinds, bytes: Bytes): Bytes => concatBytes(Uint8Array.of(kinds[kind]), bytes)
const withoutKind = (bytes: Uint8Array): Bytes => copyBytes(bytes.subarray(1))

export const certificateStatement = (certificate: Bytes): Bytes => wrap('certificate', certificate)
export const revocationStatement = (revocation: Bytes): Bytes => wrap('revocation', revocation)

const bytesOf = (id: string): Bytes => fromBase64Url(id) ?? new Uint8Array(idBytes)

/** Signs a newcomer in with the secret of their invitation. */
export const makeJoin = async (
  group: LogId,
  invitation: { key: InvitationKey; sign(message: Bytes): Promise<Bytes> },
  { account, ms }: { account: AccountId; ms: number },
): Promise<Bytes> => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, bytesOf(account))
  encoding.writeUint8Array(encoder, bytesOf(invitation.key))
  encoding.writeVarUint(encoder, ms)
  return sign(group, 'join', encoder, invitation.sign)
}

/** A device's statement. */
export const makeStatement = (
  group: LogId,
  device: { id: DeviceId; sign(message: Bytes): Promise<Bytes> },
  body: StatementBody & { ms: number },
): Promise<Bytes> => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, bytesOf(device.id))
  encoding.writeVarUint(encoder, body.ms)
  switch (body.type) {
    case 'invitation':
      encoding.writeUint8Array(encoder, bytesOf(body.key))
      encoding.writeUint8(encoder, roleCodes[body.role])
      encoding.writeVarUint(encoder, body.uses)
      encoding.writeVarUint(encoder, body.expiresAt)
      encoding.writeUint8(encoder, body.replaces === undefined ? 0 : 1)
      if (body.replaces === undefined) break
      encoding.writeUint8Array(encoder, bytesOf(body.replaces))
      writeCuts(encoder, body.cuts ?? [])
      break
    case 'withdrawal':
      encoding.writeUint8Array(encoder, bytesOf(body.key))
      encoding.writeVarUint(encoder, body.joined.length)
      for (const account of body.joined) encoding.writeUint8Array(encoder, bytesOf(account))
      break
    case 'role':
      encoding.writeUint8Array(encoder, bytesOf(body.account))
      encoding.writeUint8(encoder, roleCodes[body.role])
      writeCuts(encoder, body.cuts)
      break
    case 'removal':
      encoding.writeUint8Array(encoder, bytesOf(body.account))
      writeCuts(encoder, body.cuts)
      break
    case 'cut':
      encoding.writeUint8Array(encoder, bytesOf(body.device))
      writeLogCuts(encoder, body.logs)
  }
  return sign(group, body.type, encoder, device.sign)
}

const writeCuts = (encoder: encoding.Encoder, cuts: readonly Cut[]): void => {
  encoding.writeVarUint(encoder, cuts.length)
  for (const { device, length } of cuts) {
    encoding.writeUint8Array(encoder, bytesOf(device))
    encoding.writeVarUint(encoder, length)
  }
}

const writeLogCuts = (encoder: encoding.Encoder, logs: readonly LogCut[]): void => {
  encoding.writeVarUint(encoder, logs.length)
  for (const { log, pages } of logs) {
    encoding.writeUint8Array(encoder, fromBase64Url(log) ?? new Uint8Array(logIdBytes))
    encoding.writeVarUint(encoder, pages.length)
    for (const { page, length } of pages) {
      encoding.writeVarUint(encoder, page)
      encoding.writeVarUint(encoder, length)
    }
  }
}

const sign = async (
  group: LogId,
  kind: keyof typeof kinds,
  encoder: encoding.Encoder,
  signWith: (message: Bytes) => Promise<Bytes>,
): Promise<Bytes> => {
  const body = wrap(kind, copyBytes(encoding.toUint8Array(encoder)))
  return concatBytes(body, await signWith(signedMessage(group, body)))
}

/** The group is part of what is signed, so that nothing said in one family means anything in another. */
const signedMessage = (group: LogId, body: Uint8Array): Bytes => concatBytes(label, encodeUtf8(group), body)

/** Parses and verifies; undefined for anything but a whole statement with a good signature. */
export const readStatement = async (group: LogId, bytes: Bytes): Promise<Statement | undefined> => {
  if (bytes.length > logLimits.maxEntryBytes) return undefined
  const known = { id: toBase64Url(await sha256(bytes)), bytes }
  switch (bytes[0]) {
    case kinds.certificate: {
      const certificate = await readCertificate(withoutKind(bytes))
      return certificate.ok ? { ...known, type: 'certificate', certificate: certificate.value } : undefined
    }
    case kinds.revocation: {
      const revocation = await readRevocation(withoutKind(bytes))
      return revocation.ok ? { ...known, type: 'revocation', revocation: revocation.value } : undefined
    }
    case undefined:
      return undefined
    default: {
      const parsed = decodeWith(bytes, readBody)
      return parsed && (await isSigned(group, parsed, bytes)) ? { ...known, ...parsed } : undefined
    }
  }
}

type ParsedBody = SignedBody | { type: 'join'; account: AccountId; key: InvitationKey; ms: number }

const readBody = (reader: Reader): ParsedBody | undefined => {
  const body = readFields(reader)
  reader.bytes(signatureBytes)
  return body
}

const readFields = (reader: Reader): ParsedBody | undefined => {
  const kind = reader.uint8()
  if (kind === kinds.join) {
    const account = readAccount(reader)
    return { type: 'join', account, key: readInvitationKey(reader), ms: reader.varUint(logLimits.maxClockMs) }
  }
  const signer = toBase64Url(reader.bytes(idBytes)) as DeviceId
  const said = { signer, ms: reader.varUint(logLimits.maxClockMs) }
  switch (kind) {
    case kinds.invitation: {
      const key = readInvitationKey(reader)
      const role = readRole(reader)
      const uses = reader.varUint(accountLimits.maxInvitationUses)
      const expiresAt = reader.varUint(logLimits.maxClockMs)
      const hasPlace = readFlag(reader)
      if (!role || hasPlace === undefined) return undefined
      const invitation = { ...said, type: 'invitation', key, role, uses, expiresAt } as const
      return hasPlace ? { ...invitation, replaces: readAccount(reader), cuts: readCuts(reader) } : invitation
    }
    case kinds.withdrawal: {
      const key = readInvitationKey(reader)
      const joined = reader.list(accountLimits.maxAccounts, () => readAccount(reader))
      return { ...said, type: 'withdrawal', key, joined }
    }
    case kinds.role: {
      const account = readAccount(reader)
      const role = readRole(reader)
      const cuts = readCuts(reader)
      return role && { ...said, type: 'role', account, role, cuts }
    }
    case kinds.removal:
      return { ...said, type: 'removal', account: readAccount(reader), cuts: readCuts(reader) }
    case kinds.cut: {
      const device = toBase64Url(reader.bytes(idBytes)) as DeviceId
      return { ...said, type: 'cut', device, logs: readLogCuts(reader) }
    }
    default:
      return undefined
  }
}

const readAccount = (reader: Reader): AccountId => toBase64Url(reader.bytes(idBytes)) as AccountId
const readInvitationKey = (reader: Reader): InvitationKey =>
  toBase64Url(reader.bytes(idBytes)) as InvitationKey

const readRole = (reader: Reader): Exclude<Role, 'owner'> | undefined => {
  switch (reader.uint8()) {
    case roleCodes.member:
      return 'member'
    case roleCodes.admin:
      return 'admin'
    default:
      return undefined
  }
}

const readFlag = (reader: Reader): boolean | undefined => {
  const flag = reader.uint8()
  return flag > 1 ? undefined : flag === 1
}

/** As many as there can be feeds, or whoever certifies one device more could not be removed. */
const readCuts = (reader: Reader): Cut[] =>
  reader.list(logLimits.maxFeedsPerPage, () => ({
    device: toBase64Url(reader.bytes(idBytes)) as DeviceId,
    length: reader.varUint(logLimits.maxEntriesPerFeed),
  }))

const readLogCuts = (reader: Reader): LogCut[] =>
  reader.list(logLimits.maxLogsPerDigest, () => ({
    log: toBase64Url(reader.bytes(logIdBytes)) as LogId,
    pages: reader.list(logLimits.maxPagesPerDigest, () => ({
      page: reader.varUint(logLimits.maxPageNumber),
      length: reader.varUint(logLimits.maxEntriesPerFeed),
    })),
  }))

const isSigned = async (group: LogId, parsed: ParsedBody, bytes: Bytes): Promise<boolean> => {
  const key = publicKeyOf(parsed.type === 'join' ? parsed.key : parsed.signer)
  if (!key) return false
  const end = bytes.length - signatureBytes
  return verifySignature(key, bytes.slice(end), signedMessage(group, bytes.subarray(0, end)))
}
