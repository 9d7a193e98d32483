import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { importSigningKey } from '../../../shared/crypto/ed25519.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import type { InvitationCode } from '../../../shared/identifiers.ts'
import { invitationLabels } from '../../../shared/invitation-link.ts'
import { deriveBytes } from '../crypto/hkdf.ts'
import type { InvitationKey } from '../group/statements.ts'

/** Everything that follows from the 16 bytes of an invitation link (shared/invitation-link.ts). */
export interface InvitationSecrets {
  code: InvitationCode
  /** What the server keeps of the code. */
  codeHash: string
  welcomeKey: Bytes
  /** Under which the family knows the invitation. */
  key: InvitationKey
  sign(message: Bytes): Promise<Bytes>
}

export const deriveInvitation = async (secret: Bytes): Promise<InvitationSecrets> => {
  const [code, welcomeKey, signSeed] = await Promise.all([
    deriveBytes(secret, invitationLabels.code, 16),
    deriveBytes(secret, invitationLabels.welcome, 32),
    deriveBytes(secret, invitationLabels.sign, 32),
  ])
  const { publicKey, sign } = await importSigningKey(signSeed)
  return {
    code: toBase64Url(code) as InvitationCode,
    codeHash: toBase64Url(await sha256(code)),
    welcomeKey,
    key: toBase64Url(publicKey) as InvitationKey,
    sign,
  }
}
