import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDevice, publicKeyOf } from '../identity/device.ts'
import { deriveFamilySecrets } from '../identity/family-secrets.ts'
import { importSealingKey } from './aes-gcm.ts'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import {
  compareBytes,
  concatBytes,
  decodeUtf8,
  encodeUtf8,
  equalBytes,
} from '../../../shared/crypto/bytes.ts'
import { importSigningKey, parsePublicKey, verifySignature } from '../../../shared/crypto/ed25519.ts'
import { deriveBytes } from './hkdf.ts'
import { hmacSha256 } from './hmac.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

test('base64url round-trips and agrees with Node', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = toBase64Url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64Url(text)).toEqual(new Uint8Array(bytes))
    }),
  )
})

test('base64url refuses what it would not have written', () => {
  for (const text of ['A', 'AB', 'A=', 'AA==', 'A+A', 'Ä', 'AAA\n'])
    expect(fromBase64Url(text)).toBeUndefined()
})

test('bytes compare, join and decode', () => {
  expect(equalBytes(hex('0102'), hex('0102'))).toBe(true)
  expect(equalBytes(hex('0102'), hex('0103'))).toBe(false)
  expect(equalBytes(hex('01'), hex('0102'))).toBe(false)
  expect(compareBytes(hex('01ff'), hex('0200'))).toBe(-1)
  expect(compareBytes(hex('01'), hex('0100'))).toBe(-1)
  expect(concatBytes(hex('01'), hex(''), hex('0203'))).toEqual(hex('010203'))
  expect(decodeUtf8(encodeUtf8('grüß 👋'))).toBe('grüß 👋')
  expect(decodeUtf8(hex('ff'))).toBeUndefined()
})

test('Ed25519 signs as RFC 8032 section 7.1 test 2 does', async () => {
  const key = await importSigningKey(hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'))
  expect(Buffer.from(key.publicKey).toString('hex')).toBe(
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  )
  const signature = await key.sign(hex('72'))
  expect(Buffer.from(signature).toString('hex')).toBe(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  )
  expect(await verifySignature(key.publicKey, signature, hex('72'))).toBe(true)
  expect(await verifySignature(key.publicKey, signature, hex('73'))).toBe(false)
  expect(await verifySignature(key.publicKey, hex('00'), hex('72'))).toBe(false)
})

test('I6: keys of small order or beyond the field are refused', () => {
  const refused = [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '01',
    '',
  ]
  for (const key of refused) expect(parsePublicKey(hex(key)).ok, key).toBe(false)
})

test('HKDF derives as RFC 5869 test case 3 does', async () => {
  const okm = await deriveBytes(hex('0b'.repeat(22)), '', 42)
  expect(Buffer.from(okm).toString('hex')).toBe(
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  )
})

test('HMAC agrees with RFC 4231 test case 2', async () => {
  const mac = await hmacSha256(encodeUtf8('Jefe'), encodeUtf8('what do ya want for nothing?'))
  expect(Buffer.from(mac).toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})

test('AES-GCM opens what it sealed, and nothing that was changed', async () => {
  const key = await importSealingKey(hex('11'.repeat(32)))
  const context = { nonce: hex('22'.repeat(12)), additionalData: encodeUtf8('bound') }
  const sealed = await key.seal(encodeUtf8('hello'), context)
  expect(await key.open(sealed, context)).toEqual(encodeUtf8('hello'))
  expect(await key.open(sealed, { ...context, additionalData: encodeUtf8('other') })).toBeUndefined()
  sealed[0] = (sealed[0] ?? 0) ^ 1
  expect(await key.open(sealed, context)).toBeUndefined()
  expect(await key.open(hex(''), context)).toBeUndefined()
})

test('P2, S3: what follows from the seed of a device and the secret of a family is frozen', async () => {
  const device = await openDevice(hex('33'.repeat(32)))
  expect({ id: device.id, feed: device.feed }).toMatchInlineSnapshot(`
    {
      "feed": 3877355748516751,
      "id": "dIW20aVYUmXi8amGYmrvu_JaL1QzxSDsxy5lFa2gGXE",
    }
  `)
  expect(device.feed).toBeLessThan(2 ** 52)
  expect(publicKeyOf(device.id)).toEqual(device.publicKey)
  const { topic } = await deriveFamilySecrets(hex('44'.repeat(32)))
  expect(topic).toMatchInlineSnapshot(`"6w4Zj9yqPHVtQoMAGGh4yQ"`)
})
