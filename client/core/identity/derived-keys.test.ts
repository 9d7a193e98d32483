import { createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { toHex } from '../../../shared/crypto/hex.ts'
import { deriveInvitation } from '../account/invitation-secret.ts'
import { openAccountKeys } from './account-keys.ts'
import { openDevice } from './device.ts'
import { deriveFamilySecrets } from './family-secrets.ts'

/** 00 01 02 …: every key below is frozen for it, and made a second time by Node’s own HKDF. */
const seed = Uint8Array.from({ length: 32 }, (_nothing, index) => index)
const secret = seed.slice(0, 16)

const hkdf = (from: Bytes, name: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', from, new Uint8Array(0), `hearth/v1/${name}`, length))

/** The public key of a private one, by Node: RFC 8410’s frame around it. */
const publicOf = (curve: 'Ed25519' | 'X25519', privateKey: Buffer): string => {
  const frame = `302e020100300506032b65${curve === 'Ed25519' ? '70' : '6e'}04220420`
  const key = createPrivateKey({
    key: Buffer.concat([Buffer.from(frame, 'hex'), privateKey]),
    format: 'der',
    type: 'pkcs8',
  })
  return createPublicKey(key).export({ format: 'jwk' }).x ?? ''
}

test('I2: what follows from an account’s seed', async () => {
  const { identity, kem, keyringKey } = await openAccountKeys(seed)
  expect(toBase64Url(identity.key)).toBe(publicOf('Ed25519', hkdf(seed, 'identity-sign', 32)))
  expect(toBase64Url(identity.kem)).toBe(publicOf('X25519', hkdf(seed, 'identity-kem', 32)))
  expect(kem.publicKey).toEqual(identity.kem)
  expect(toHex(keyringKey)).toBe(hkdf(seed, 'keyring', 32).toString('hex'))
  expect({
    account: identity.account,
    key: toHex(identity.key),
    kem: toHex(identity.kem),
    keyringKey: toHex(keyringKey),
  }).toMatchInlineSnapshot(`
    {
      "account": "zExWZI9jAE6gxYZUgHc7O-SviaXlWDHqldhUx19u8NY",
      "kem": "49853d30bde24b93fac5a7b83c9519b825fb46c9c8b384db7c22ac1f1ce0ad59",
      "key": "1b8a379d812baf585889b93f79081f6ad38751360b65d00b5a49c47bebf3d5f7",
      "keyringKey": "6581d1695e392ec9b3ebf9be05787ce4c7b98b8283816427f95a7447f52d1632",
    }
  `)
})

test('I2: the identity key signs so, and no otherwise', async () => {
  const { sign } = await openAccountKeys(seed)
  expect(toHex(await sign(new Uint8Array(3)))).toMatchInlineSnapshot(
    `"82a9f534afabb78ec33fa859053a23f286dccd8bcd2ad5f83d851b651bf1ca52bd0767c84eb16f20840a10edc1ecfd6aa14e6c136af8df0a37d5eb0561e0e003"`,
  )
})

test('I3: what follows from a device’s seed', async () => {
  const { id, feed, kem, publicKey } = await openDevice(seed)
  expect(id).toBe(publicOf('Ed25519', hkdf(seed, 'device-sign', 32)))
  expect(toBase64Url(publicKey)).toBe(id)
  expect(toBase64Url(kem.publicKey)).toBe(publicOf('X25519', hkdf(seed, 'device-kem', 32)))
  expect({ id, feed, kem: toHex(kem.publicKey) }).toMatchInlineSnapshot(`
    {
      "feed": 1388016104771830,
      "id": "n4DHj6YZB9DY4DJ0GQLohIz4UaE47adwPCH6ti1GJug",
      "kem": "5862f06c7a430a2274501bf95ce65aa747a6c5ccaef0785770913dc16efe5d0f",
    }
  `)
})

test('S3: what follows from a family’s discovery secret', async () => {
  const { topic } = await deriveFamilySecrets(seed)
  expect(topic).toBe(hkdf(seed, 'topic', 16).toString('base64url'))
  expect(topic).toMatchInlineSnapshot(`"fpwfhFAMsFZ9ZjOxHKm6IQ"`)
})

test('A1, A8, L3: what follows from an invitation’s secret', async () => {
  const { code, codeHash, welcomeKey, key } = await deriveInvitation(secret)
  expect(code).toBe(hkdf(secret, 'invitation-code', 16).toString('base64url'))
  expect(toHex(welcomeKey)).toBe(hkdf(secret, 'invitation-welcome', 32).toString('hex'))
  expect(key).toBe(publicOf('Ed25519', hkdf(secret, 'invitation-sign', 32)))
  const hashed = await crypto.subtle.digest('SHA-256', fromBase64Url(code) ?? new Uint8Array(0))
  expect(codeHash).toBe(toBase64Url(new Uint8Array(hashed)))
  expect({ code, codeHash, welcomeKey: toHex(welcomeKey), key }).toMatchInlineSnapshot(`
    {
      "code": "M2PoN6iDFz1LaV4ADIy_qg",
      "codeHash": "4il7WTWZck18L6p4P5BLTUuSxcCylMP4n3F3CxL6acc",
      "key": "lEFjh9CN4-aqrfxNbID77c_ZnLzdm7EdWH7q8_G79S0",
      "welcomeKey": "dd3998c2926fb4933bd5056ca9544168001ac6807e10f7f9e0210ec47d8ee4d5",
    }
  `)
})

test('I2, I3: one seed in two places gives keys that have nothing in common', async () => {
  const [account, device] = await Promise.all([openAccountKeys(seed), openDevice(seed)])
  const keys = [
    account.identity.key,
    account.identity.kem,
    account.keyringKey,
    device.publicKey,
    device.kem.publicKey,
  ]
  expect(new Set(keys.map(toHex)).size).toBe(keys.length)
})
