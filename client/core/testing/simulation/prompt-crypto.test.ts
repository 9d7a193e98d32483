import { webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulatedCrypto } from './prompt-crypto.ts'
import { createSeededRandom } from '../seeded-random.ts'

simulatedCrypto.install('prompt', createSeededRandom(1))
const prompt = globalThis.crypto.subtle
const real = webcrypto.subtle
type Subtle = typeof real

const bytes = (least: number, most = least) => fc.uint8Array({ minLength: least, maxLength: most })
/** What both answer, or that both refuse. */
const ask = async (work: (subtle: Subtle) => Promise<unknown>): Promise<[unknown, unknown]> => {
  const answer = async (subtle: Subtle) => {
    try {
      const answered = await work(subtle)
      return answered instanceof ArrayBuffer ? Buffer.from(answered).toString('hex') : answered
    } catch {
      return 'refused'
    }
  }
  return [await answer(prompt), await answer(real)]
}
const expectAlike = async (work: (subtle: Subtle) => Promise<unknown>) => {
  const [ours, theirs] = await ask(work)
  expect(ours).toEqual(theirs)
  return ours
}
const pkcs8 = (last: number, seed: Uint8Array) =>
  new Uint8Array([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, last, 4, 0x22, 4, 0x20, ...seed])

test('digests and HMACs are those of WebCrypto', () =>
  fc.assert(
    fc.asyncProperty(bytes(0, 300), bytes(1, 40), async (data, secret) => {
      await expectAlike((subtle) => subtle.digest('SHA-256', data))
      await expectAlike(async (subtle) => {
        const algorithm = { name: 'HMAC', hash: 'SHA-256' }
        return subtle.sign('HMAC', await subtle.importKey('raw', secret, algorithm, false, ['sign']), data)
      })
    }),
    { numRuns: 30 },
  ))

test('signatures are those of WebCrypto, and good or bad for both alike, again and again', () =>
  fc.assert(
    fc.asyncProperty(bytes(32), bytes(0, 200), fc.nat(63), async (seed, data, spoilt) => {
      const sign = async (subtle: Subtle) => {
        const key = await subtle.importKey('pkcs8', pkcs8(0x70, seed), 'Ed25519', true, ['sign'])
        const { x } = await subtle.exportKey('jwk', key)
        return { signature: new Uint8Array(await subtle.sign('Ed25519', key, data)), x }
      }
      const [ours, theirs] = [await sign(prompt), await sign(real)]
      expect(ours).toEqual(theirs)
      const publicKey = new Uint8Array(Buffer.from(ours.x ?? '', 'base64url'))
      const bad = new Uint8Array(ours.signature)
      bad[spoilt] = (bad[spoilt] ?? 0) ^ 1
      for (const [signature, isGood] of [
        [ours.signature, true],
        [bad, false],
        [bad, false],
      ] as const) {
        const verdict = await expectAlike(async (subtle) => {
          const key = await subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
          return subtle.verify('Ed25519', key, signature, data)
        })
        expect(verdict).toBe(isGood)
      }
    }),
    { numRuns: 30 },
  ))

test('what two X25519 keys agree on, and what HKDF makes of it, is as with WebCrypto', () =>
  fc.assert(
    fc.asyncProperty(bytes(32), bytes(32), bytes(0, 20), bytes(0, 20), async (seed, other, salt, info) => {
      const agree = async (subtle: Subtle, point: Uint8Array) => {
        const key = await subtle.importKey('pkcs8', pkcs8(0x6e, seed), 'X25519', false, ['deriveBits'])
        return subtle.deriveBits(
          { name: 'X25519', public: await subtle.importKey('raw', point, 'X25519', true, []) },
          key,
          256,
        )
      }
      await expectAlike((subtle) => agree(subtle, other))
      // Of small order: both refuse it.
      expect(await expectAlike((subtle) => agree(subtle, new Uint8Array(32)))).toBe('refused')
      await expectAlike(async (subtle) => {
        const key = await subtle.importKey('raw', seed, 'HKDF', false, ['deriveBits'])
        return subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, 384)
      })
    }),
    { numRuns: 30 },
  ))

test('AES-GCM seals as WebCrypto does, and opens nothing that was changed', () =>
  fc.assert(
    fc.asyncProperty(
      bytes(32),
      bytes(12),
      bytes(0, 100),
      bytes(0, 20),
      fc.nat(15),
      async (secret, iv, text, bound, at) => {
        const parameters = { name: 'AES-GCM', iv, additionalData: bound }
        const keyOf = (subtle: Subtle) =>
          subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt'])
        const sealed = await real.encrypt(parameters, await keyOf(real), text)
        const changed = new Uint8Array(sealed)
        changed[at] = (changed[at] ?? 0) ^ 1
        await expectAlike(async (subtle) => subtle.encrypt(parameters, await keyOf(subtle), text))
        for (const box of [sealed, changed, sealed])
          await expectAlike(async (subtle) => subtle.decrypt(parameters, await keyOf(subtle), box))
      },
    ),
    { numRuns: 30 },
  ))
