import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes, encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { parseKemKey } from '../../../shared/crypto/x25519-key.ts'
import { openWith, sealTo } from './hpke.ts'
import { importKemKey } from './x25519.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const purpose = { info: 'Ode on a Grecian Urn', additionalData: encodeUtf8('Count-0') }

/** The recipient of RFC 9180 appendix A.1; the vector itself is in test/vectors/hpke.ts, for browsers too. */
const recipient = () => importKemKey(hex('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'))

test('a sealed box opens with its key and purpose, never alike twice', async () => {
  const pair = await recipient()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (plain) => {
      const plaintext = new Uint8Array(plain)
      const box = await sealTo(pair.publicKey, plaintext, purpose)
      expect(box.length).toBe(plaintext.length + 48)
      expect(await openWith(pair, box, purpose)).toEqual(plaintext)
      expect(await sealTo(pair.publicKey, plaintext, purpose)).not.toEqual(box)
    }),
    { numRuns: 20 },
  )
})

test('a box of another key or purpose, changed, cut or made up is a value and not an exception', async () => {
  const pair = await recipient()
  const stranger = await importKemKey(new Uint8Array(32).fill(7))
  const box = await sealTo(pair.publicKey, encodeUtf8('hello'), purpose)
  expect(await openWith(stranger, box, purpose)).toBeUndefined()
  expect(await openWith(pair, box, { ...purpose, info: 'hearth/v1/other' })).toBeUndefined()
  expect(await openWith(pair, box, { ...purpose, additionalData: encodeUtf8('Count-1') })).toBeUndefined()
  for (let at = 0; at < box.length; at++) {
    const changed = new Uint8Array(box)
    // Not the top bit of enc: X25519 leaves it out of the number, and HPKE binds it all the same.
    changed[at]! ^= 1
    expect(await openWith(pair, changed, purpose), `byte ${at}`).toBeUndefined()
    expect(await openWith(pair, box.slice(0, at), purpose), `cut at ${at}`).toBeUndefined()
  }
  const zeros = concatBytes(new Uint8Array(32), box.slice(32))
  expect(await openWith(pair, zeros, purpose), 'an enc of small order').toBeUndefined()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), async (garbage) => {
      expect(await openWith(pair, new Uint8Array(garbage), purpose)).toBeUndefined()
    }),
    { numRuns: 50 },
  )
})

test('X25519 agrees from both sides, and its private key cannot be read out', async () => {
  const [alice, bob] = await Promise.all([8, 9].map((fill) => importKemKey(new Uint8Array(32).fill(fill))))
  expect(alice!.handles.privateKey.extractable).toBe(false)
  const secret = await alice!.agree(bob!.publicKey)
  expect(secret).toHaveLength(32)
  expect(await bob!.agree(alice!.publicKey)).toEqual(secret)
})

test('I6: X25519 keys of small order or beyond the field are refused', () => {
  const refused = [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0900000000000000000000000000000000000000000000000000000000000080',
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '09',
    '',
  ]
  for (const key of refused) expect(parseKemKey(hex(key)).ok, key).toBe(false)
})
