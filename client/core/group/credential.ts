import * as encoding from 'lib0/encoding'
import { readCertificate } from '../../../shared/certificate.ts'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { accountLimits, logLimits } from '../../../shared/limits.ts'
import { feedOf } from '../identity/device.ts'
import { foldMembership, type Membership } from './membership.ts'
import type { PlacedStatement, SignedStatement } from './said.ts'
import { certificateStatement, readStatement, type SignedBody, type Statement } from './statements.ts'

/** What a device shows in a Link's handshake: its certificate, and what its account's membership rests on (L3). */
export interface Credential {
  certificate: Bytes
  proof: readonly Bytes[]
}

/** Why a device is let in or not. */
export type Standing = 'member' | 'notOfThisFamily' | 'revoked'

export const encodeCredential = ({ certificate, proof }: Credential): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint8Array(encoder, certificate)
  encoding.writeVarUint(encoder, proof.length)
  for (const statement of proof) encoding.writeVarUint8Array(encoder, statement)
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but a whole credential. What is in it has yet to be verified. */
export const parseCredential = (bytes: Uint8Array): Credential | undefined => {
  if (bytes.length > accountLimits.maxCredentialBytes) return undefined
  return decodeWith(bytes, (reader) => ({
    certificate: reader.varBytes(accountLimits.maxCertificateBytes),
    proof: reader.list(accountLimits.maxProofStatements, () => reader.varBytes(logLimits.maxEntryBytes)),
  }))
}

/**
 * All that somebody who knows the genesis needs to see that an account is of the family: the invitation by which it came, who gave that
 * one, and so on up to the owner. Empty for an account this membership does not know, and for the owner, whom the genesis names.
 */
export const proofOf = (membership: Membership, account: AccountId): Bytes[] => {
  const proof = new Map<string, Bytes>()
  const seen = new Set<AccountId>()
  const add = ({ id, bytes }: Statement): void => void proof.set(id, bytes)
  const addWithSigner = (granted: SignedStatement<SignedBody['type']>): void => {
    add(granted)
    const certificate = membership.certificateOf(granted.signer)
    if (!certificate) return
    proof.set(granted.signer, certificateStatement(certificate.bytes))
    prove(certificate.identity.account)
  }
  const prove = (of: AccountId): void => {
    const standing = membership.members.get(of)?.standing
    if (!standing || seen.has(of) || standing.type === 'founder') return
    seen.add(of)
    // The owner's word that somebody is admin says all there is to say, and makes their own invitations good.
    const raised = membership.rolesOf(of).findLast(({ role }) => role === 'admin')
    if (raised) return addWithSigner(raised)
    if (standing.type === 'invited') add(standing.join)
    addWithSigner(standing.type === 'invited' ? standing.invitation : standing.role)
  }
  prove(account)
  return [...proof.values()]
}

/**
 * L3: whether a device belongs to the family. What is known here decides where it can; for an account not heard of yet, what its
 * credential shows is folded together with what is known, so that a removal known here stands against any proof. The device must have
 * proved its key before (L2).
 */
export const checkCredential = async (
  known: { membership: Membership; statements: readonly PlacedStatement[] },
  device: DeviceId,
  bytes: Uint8Array,
): Promise<Standing> => {
  const credential = parseCredential(bytes)
  if (!credential) return 'notOfThisFamily'
  const certificate = await readCertificate(credential.certificate)
  if (!certificate.ok || certificate.value.device !== device) return 'notOfThisFamily'
  const { account } = certificate.value.identity
  const { genesis } = known.membership
  const own = await readStatement(genesis.group, certificateStatement(certificate.value.bytes))
  if (!own) return 'notOfThisFamily'

  // The device has just proved its key, so this is its own word, unless it has said something else before: what somebody else
  // claims in the family document does not keep it out.
  const place = { feed: await feedOf(device), device, seq: Number.MAX_SAFE_INTEGER }
  const shown: PlacedStatement[] = [{ statement: own, place }]
  if (!known.membership.members.has(account)) {
    for (const statement of credential.proof) {
      const read = await readStatement(genesis.group, statement)
      if (!read) return 'notOfThisFamily'
      shown.push({ statement: read })
    }
  }
  return standingIn(foldMembership(genesis, [...known.statements, ...shown]), device, account)
}

/** Where a device stands in a membership. */
export const standingIn = (membership: Membership, device: DeviceId, account: AccountId): Standing => {
  const member = membership.members.get(account)
  if (!member || member.isRemoved || membership.accountOf(device) !== account) return 'notOfThisFamily'
  const isRevoked = member.devices.get(device)?.isRevoked ?? true
  return isRevoked ? 'revoked' : 'member'
}
