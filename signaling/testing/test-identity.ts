import { randomBytes } from 'node:crypto'
import { accountIdOf, makeCertificate, makeRevocation } from '../../shared/certificate.ts'
import { fromBase64Url, toBase64Url } from '../../shared/crypto/base64url.ts'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import { importSigningKey, type PublicKey, type SigningKey } from '../../shared/crypto/ed25519.ts'
import { parseKemKey, type KemKey } from '../../shared/crypto/x25519-key.ts'
import type { AccountId, DeviceId } from '../../shared/identifiers.ts'

/** An account's keys, as its seed would give them; a test may put others in their place. */
export interface TestIdentity {
  account: AccountId
  key: SigningKey
  kem: KemKey
}
export interface TestDevice {
  device: DeviceId
  key: SigningKey
  kem: KemKey
}

const randomSeed = (): Bytes => copyBytes(randomBytes(32))

/** Any u coordinate will do where nothing is sealed: the server never uses it. */
const randomKem = (): KemKey => {
  const bytes = randomSeed()
  bytes[31] = (bytes[31] ?? 0) & 0x3f
  const key = parseKemKey(bytes)
  if (!key.ok) throw new Error('no kem key')
  return key.value
}

export const makeIdentity = async (): Promise<TestIdentity> => {
  const key = await importSigningKey(randomSeed())
  return { account: await accountIdOf(key.publicKey), key, kem: randomKem() }
}

export const makeDevice = async (): Promise<TestDevice> => {
  const key = await importSigningKey(randomSeed())
  return { device: toBase64Url(key.publicKey) as DeviceId, key, kem: randomKem() }
}

/** The certificate, as it is sent. */
export const certify = async (
  identity: TestIdentity,
  device: { key: { publicKey: PublicKey }; kem: KemKey },
  changed: { identityKey?: PublicKey; identityKem?: KemKey; name?: string } = {},
): Promise<string> =>
  toBase64Url(
    await makeCertificate(identity.key.sign, {
      identityKey: identity.key.publicKey,
      identityKem: identity.kem,
      deviceKey: device.key.publicKey,
      deviceKem: device.kem,
      createdAt: Date.now(),
      name: 'Firefox on Linux',
      ...changed,
    }),
  )

export const revocationOf = async (identity: TestIdentity, deviceKey: PublicKey): Promise<string> =>
  toBase64Url(
    await makeRevocation(identity.key.sign, {
      identityKey: identity.key.publicKey,
      deviceKey,
      at: Date.now(),
      accepted: 0,
    }),
  )

/** What `key` signs to show that a ticket is its. */
export const signTicket = async (key: SigningKey, label: string, ticket: string): Promise<string> =>
  toBase64Url(await key.sign(concatBytes(encodeUtf8(label), fromBase64Url(ticket) ?? new Uint8Array(0))))
