import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import {
  accountIdOf,
  makeCertificate,
  makeRevocation,
  readCertificate,
  readRevocation,
  type Certificate,
  type Revocation,
} from './certificate.ts'
import { toBase64Url } from './crypto/base64url.ts'
import { concatBytes, type Bytes } from './crypto/bytes.ts'
import { importSigningKey, type PublicKey, type SigningKey } from './crypto/ed25519.ts'
import { toHex } from './crypto/hex.ts'
import { parseKemKey, type KemKey } from './crypto/x25519-key.ts'
import { accountLimits, logLimits } from './limits.ts'

let identity: SigningKey
let device: SigningKey
let stranger: SigningKey
const kemOf = (first: number): KemKey => {
  const key = parseKemKey(new Uint8Array(32).fill(0).fill(first, 0, 1))
  if (!key.ok) throw new Error('no key')
  return key.value
}
const seed = (fill: number): Bytes => new Uint8Array(32).fill(fill)

beforeAll(async () => {
  identity = await importSigningKey(seed(1))
  device = await importSigningKey(seed(2))
  stranger = await importSigningKey(seed(3))
})

const fields = () => ({
  identityKey: identity.publicKey,
  identityKem: kemOf(9),
  deviceKey: device.publicKey,
  deviceKem: kemOf(10),
  createdAt: 1_700_000_000_000,
  name: 'Firefox on Linux',
})
const revoked = () => ({
  identityKey: identity.publicKey,
  deviceKey: device.publicKey,
  at: 1_700_000_000_001,
  accepted: 12,
})
const certify = (changed: Partial<ReturnType<typeof fields>> = {}, signer = identity) =>
  makeCertificate(signer.sign, { ...fields(), ...changed })
const revoke = (changed: Partial<ReturnType<typeof revoked>> = {}, signer = identity) =>
  makeRevocation(signer.sign, { ...revoked(), ...changed })

const read = async (bytes: Bytes): Promise<Certificate | string> => {
  const certificate = await readCertificate(bytes)
  return certificate.ok ? certificate.value : certificate.problem.type
}
const readRevoked = async (bytes: Bytes): Promise<Revocation | string> => {
  const revocation = await readRevocation(bytes)
  return revocation.ok ? revocation.value : revocation.problem.type
}

test('I2: an account is named by the hash of label and identity key', async () => {
  const expected = createHash('sha256')
    .update('hearth/v1/account')
    .update(identity.publicKey)
    .digest('base64url')
  expect(await accountIdOf(identity.publicKey)).toBe(expected)
  expect(expected).toMatchInlineSnapshot(`"k87y6q3HnkdcioVX7DlIOGcSsIVDLoKH6PioSz_hqCQ"`)
})

test('I3: a certificate says whose a device is, in these very bytes', async () => {
  const bytes = await certify()
  expect(await read(bytes)).toEqual({
    identity: { account: await accountIdOf(identity.publicKey), key: identity.publicKey, kem: kemOf(9) },
    device: toBase64Url(device.publicKey),
    deviceKey: device.publicKey,
    deviceKem: kemOf(10),
    createdAt: 1_700_000_000_000,
    name: 'Firefox on Linux',
    bytes,
  })
  expect(toHex(bytes)).toMatchInlineSnapshot(
    `"018a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c09000000000000000000000000000000000000000000000000000000000000008139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b3940a0000000000000000000000000000000000000000000000000000000000000080d095ffbc311046697265666f78206f6e204c696e75780afb0cf7cacd2157d77a1338e635db9cbd16575093a9ab0944507aff949c9600034c7e44c1487a06ff0c4525fd1dd9149b05a6de361208c41bcdad30991f180d"`,
  )
})

test('I3: a revocation ends it, in these very bytes', async () => {
  const bytes = await revoke()
  expect(await readRevoked(bytes)).toEqual({
    account: await accountIdOf(identity.publicKey),
    identityKey: identity.publicKey,
    device: toBase64Url(device.publicKey),
    at: 1_700_000_000_001,
    accepted: 12,
    bytes,
  })
  expect(toHex(bytes)).toMatchInlineSnapshot(
    `"018a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b39481d095ffbc310c2ec8026e053baadb3e12d7e414d12156aa7776fb0738fc964d7a883ba39b8c331aa3367364ddb87d2d7e6cdfa77266166284d68aecdf406ca929cb65bfc42f05"`,
  )
})

test('I3: whatever is in it comes out again', async () => {
  const unit = fc.constantFrom('a', 'Ä', '\u0301', '👋', '🇸', ' ', '\0', '\u202e', 'هل')
  const names = fc.string({ unit, maxLength: accountLimits.maxDeviceName / 2 })
  await fc.assert(
    fc.asyncProperty(names, fc.nat(), fc.nat(logLimits.maxEntriesPerFeed), async (name, time, accepted) => {
      expect(await read(await certify({ name, createdAt: time }))).toMatchObject({ name, createdAt: time })
      expect(await readRevoked(await revoke({ at: time, accepted }))).toMatchObject({ at: time, accepted })
    }),
    { numRuns: 25 },
  )
})

test('I3: a long name is cut between characters, and the certificate stays within its limit', async () => {
  const bytes = await certify({ name: '👋'.repeat(500), createdAt: logLimits.maxClockMs })
  expect(bytes.length).toBeLessThanOrEqual(accountLimits.maxCertificateBytes)
  expect(await read(bytes)).toMatchObject({ name: '👋'.repeat(accountLimits.maxDeviceName) })
})

test('I3: nothing but the whole is taken, and nothing but what was signed', async () => {
  for (const [bytes, parse] of [
    [await certify(), read],
    [await revoke(), readRevoked],
  ] as const) {
    for (let length = 0; length < bytes.length; length++)
      expect(typeof (await parse(bytes.slice(0, length)))).toBe('string')
    expect(await parse(concatBytes(bytes, Uint8Array.of(0)))).toBe('malformed')
    expect(await parse(concatBytes(bytes, new Uint8Array(600)))).toBe('malformed')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = new Uint8Array(bytes)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(typeof (await parse(flipped))).toBe('string')
    }
  }
})

test('I3: garbage is a value, whatever it begins with', async () => {
  const garbage = fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 600 }))
  await fc.assert(
    fc.asyncProperty(garbage, async ([isVersioned, rest]) => {
      const bytes = isVersioned ? concatBytes(Uint8Array.of(1), rest) : new Uint8Array(rest)
      expect(typeof (await read(bytes))).toBe('string')
      expect(typeof (await readRevoked(bytes))).toBe('string')
    }),
  )
})

test('I3: only the identity key speaks for its account, and a certificate is no revocation', async () => {
  expect(await read(await certify({}, stranger))).toBe('badSignature')
  expect(await readRevoked(await revoke({}, stranger))).toBe('badSignature')
  expect(await read(await certify({}, device))).toBe('badSignature')
  // The same body under the other label.
  const asRevocation = await makeRevocation((message) => identity.sign(message.slice(1)), revoked())
  expect(await readRevoked(asRevocation)).toBe('badSignature')
  expect(typeof (await readRevoked(await certify()))).toBe('string')
  expect(typeof (await read(await revoke()))).toBe('string')
})

const small = new Uint8Array(32)
const beyond = new Uint8Array(32).fill(0xff)
beyond[31] = 0x7f
const topBit = new Uint8Array(kemOf(9))
topBit[31] = 0x80

test.each(['identityKey', 'deviceKey'] as const)(
  'I6: a bad %s is refused, even when it is signed for',
  async (key) => {
    for (const bad of [small, beyond] as PublicKey[]) {
      expect(await read(await certify({ [key]: bad }))).toBe('badKey')
      expect(await readRevoked(await revoke({ [key]: bad }))).toBe('badKey')
    }
  },
)

test.each(['identityKem', 'deviceKem'] as const)(
  'I6: a bad %s is refused, even when it is signed for',
  async (key) => {
    for (const bad of [small, beyond, topBit] as KemKey[])
      expect(await read(await certify({ [key]: bad }))).toBe('badKey')
  },
)

test('I6: under the neutral point anybody can sign, and the platform would take it; so it stops before', async () => {
  const neutral = Uint8Array.of(1, ...new Uint8Array(31)) as PublicKey
  const signature = Uint8Array.of(1, ...new Uint8Array(63))
  const imported = await crypto.subtle.importKey('raw', neutral, 'Ed25519', false, ['verify'])
  expect(await crypto.subtle.verify('Ed25519', imported, signature, seed(7))).toBe(true)

  const forged = concatBytes((await certify({ identityKey: neutral })).slice(0, -64), signature)
  expect(await read(forged)).toBe('badKey')
})

test('what a certificate holds is its own copy', async () => {
  const bytes = await certify()
  const certificate = await read(bytes)
  bytes.fill(0)
  expect(typeof certificate === 'string' ? certificate : certificate.bytes).not.toEqual(bytes)
})
