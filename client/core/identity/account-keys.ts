import type { Identity } from '../../../shared/certificate.ts'
import { accountIdOf } from '../../../shared/certificate.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { importSigningKey } from '../../../shared/crypto/ed25519.ts'
import { deriveBytes } from '../crypto/hkdf.ts'
import { importKemKey, type KemKeyPair } from '../crypto/x25519.ts'

/**
 * What an account's seed gives (I2). Cold (I4): made while registering, signing in, recovering, linking or revoking, and dropped
 * again. No device keeps the seed.
 */
export interface AccountKeys {
  identity: Identity
  /** By the identity key: certificates, revocations, and the answer to a recovery's challenge. */
  sign(message: Bytes): Promise<Bytes>
  kem: KemKeyPair
  /** The key under which the server keeps this account's keyring. A device may hold on to it. */
  keyringKey: Bytes
}

export const seedBytes = 32

/** Everything of a 32-byte seed. */
export const openAccountKeys = async (seed: Bytes): Promise<AccountKeys> => {
  const [signSeed, kemSeed, keyringKey] = await Promise.all([
    deriveBytes(seed, 'hearth/v1/identity-sign', 32),
    deriveBytes(seed, 'hearth/v1/identity-kem', 32),
    deriveBytes(seed, 'hearth/v1/keyring', 32),
  ])
  const [{ publicKey, sign }, kem] = await Promise.all([importSigningKey(signSeed), importKemKey(kemSeed)])
  return {
    identity: { account: await accountIdOf(publicKey), key: publicKey, kem: kem.publicKey },
    sign,
    kem,
    keyringKey,
  }
}
