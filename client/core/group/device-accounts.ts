import type { Certificate, Identity } from '../../../shared/certificate.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { PlacedStatement } from './said.ts'

/** Which devices are whose, from certificates and revocations alone: those need nobody's leave but the identity key's (I3). */
export interface DeviceAccounts {
  identityOf(account: AccountId): Identity | undefined
  certificateOf(device: DeviceId): Certificate | undefined
  devicesOf(account: AccountId): readonly Certificate[]
  /** How many of a revoked device's entries count; undefined while it is not revoked. */
  revokedAfter(device: DeviceId): number | undefined
}

interface Claim {
  certificate: Certificate
  id: string
  /** Where the device itself has written it, which settles a quarrel over it; Infinity where it has not. */
  seq: number
}

/**
 * Anybody can certify anybody's key as their own device. So a device is whose it says it is, in its own feed; only for one that has
 * said nothing yet does the oldest certificate count.
 */
const isBetter = (claim: Claim, than: Claim | undefined): boolean => {
  if (!than) return true
  if (claim.seq !== than.seq) return claim.seq < than.seq
  const age = claim.certificate.createdAt - than.certificate.createdAt
  return age !== 0 ? age < 0 : claim.id < than.id
}

export const readDeviceAccounts = (placed: readonly PlacedStatement[]): DeviceAccounts => {
  const claims = new Map<DeviceId, Claim>()
  for (const { statement, place } of placed) {
    if (statement.type !== 'certificate') continue
    const { certificate, id } = { certificate: statement.certificate, id: statement.id }
    const seq = place?.device === certificate.device ? place.seq : Infinity
    const claim = { certificate, id, seq }
    if (isBetter(claim, claims.get(certificate.device))) claims.set(certificate.device, claim)
  }

  const byAccount = new Map<AccountId, Certificate[]>()
  for (const { certificate } of claims.values()) {
    const { account } = certificate.identity
    byAccount.set(account, [...(byAccount.get(account) ?? []), certificate])
  }
  for (const certificates of byAccount.values())
    certificates.sort((a, b) => a.createdAt - b.createdAt || (a.device < b.device ? -1 : 1))

  const revoked = new Map<DeviceId, number>()
  for (const { statement } of placed) {
    if (statement.type !== 'revocation') continue
    const { account, device, accepted } = statement.revocation
    // Whoever a device belongs to may revoke it, and nobody else.
    if (claims.get(device)?.certificate.identity.account !== account) continue
    revoked.set(device, Math.min(accepted, revoked.get(device) ?? Infinity))
  }
  return {
    identityOf: (account) => byAccount.get(account)?.[0]?.identity,
    certificateOf: (device) => claims.get(device)?.certificate,
    devicesOf: (account) => byAccount.get(account) ?? [],
    revokedAfter: (device) => revoked.get(device),
  }
}
