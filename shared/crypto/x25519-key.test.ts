import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseKemKey } from './x25519-key.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const problemOf = (text: string) => {
  const parsed = parseKemKey(hex(text))
  return parsed.ok ? 'fine' : parsed.problem.type
}

test('I6: X25519 keys of small order, which give a secret that everybody knows, are refused', () => {
  for (const key of [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ])
    expect(problemOf(key)).toBe('keySmallOrder')
})

test('I6: a key has one spelling: nothing beyond the field, and no bit above it', () => {
  for (const low of ['ed', 'ee', 'f0', 'ff'])
    expect(problemOf(`${low}${'ff'.repeat(30)}7f`)).toBe('keyNotCanonical')
  expect(problemOf(`09${'00'.repeat(30)}80`)).toBe('keyNotCanonical')
  expect(problemOf(`eb${'ff'.repeat(30)}7f`)).toBe('fine')
  expect(problemOf(`ed${'ff'.repeat(29)}fe7f`)).toBe('fine')
})

test('I6: of what it refuses beyond that, the platform makes no secret', async () => {
  const { privateKey } = await crypto.subtle.generateKey('X25519', false, ['deriveBits'])
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (bytes) => {
      const parsed = parseKemKey(bytes)
      if (!parsed.ok) return
      const key = await crypto.subtle.importKey('raw', parsed.value, 'X25519', false, [])
      const secret = await crypto.subtle.deriveBits({ name: 'X25519', public: key }, privateKey, 256)
      expect(new Uint8Array(secret).some((byte) => byte !== 0)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('a key is 32 bytes, and a copy of what was given', () => {
  expect(parseKemKey(new Uint8Array(31))).toEqual({ ok: false, problem: { type: 'keyLength', bytes: 31 } })
  expect(parseKemKey(new Uint8Array(33))).toEqual({ ok: false, problem: { type: 'keyLength', bytes: 33 } })
  const given = hex(`09${'00'.repeat(31)}`)
  const parsed = parseKemKey(given)
  given[0] = 0
  expect(parsed.ok && parsed.value[0]).toBe(9)
})
