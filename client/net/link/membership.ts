import type { Bytes } from '../../core/crypto/bytes.ts'
import { equalBytes, hmacSha256 } from '../../core/crypto/hmac.ts'

/**
 * L3: that a device belongs to the family. For now who has the family link is of the family, and shows it by a MAC over
 * the handshake's statement. With accounts, certificates take its place: here, and nowhere else.
 */
export const membershipBytes = 32

export const proveMembership = (linkKey: Bytes, statement: Bytes): Promise<Bytes> =>
  hmacSha256(linkKey, statement)

export const checkMembership = async (linkKey: Bytes, statement: Bytes, proof: Bytes): Promise<boolean> =>
  equalBytes(await hmacSha256(linkKey, statement), proof)
