import { expect, test } from 'vitest'
import { verifySignature } from '../../../shared/crypto/ed25519.ts'
import { openWith, sealTo } from '../crypto/hpke.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { openAccountKeys } from './account-keys.ts'

const seedOf = (number: number) => createSeededRandom(number).bytes(32)

test('I2: the same seed is the same account, another one another', async () => {
  const [one, again, other] = await Promise.all([1, 1, 2].map((number) => openAccountKeys(seedOf(number))))
  expect(again!.identity).toEqual(one!.identity)
  expect(other!.identity.account).not.toBe(one!.identity.account)
})

test('I2: what the keys sign and open belongs to the identity', async () => {
  const [one, other] = await Promise.all([1, 2].map((number) => openAccountKeys(seedOf(number))))
  const message = new Uint8Array([1, 2, 3])
  const signature = await one!.sign(message)
  expect(await verifySignature(one!.identity.key, signature, message)).toBe(true)
  expect(await verifySignature(other!.identity.key, signature, message)).toBe(false)
  const purpose = { info: 'hearth/v1/test', additionalData: message }
  const box = await sealTo(one!.identity.kem, message, purpose)
  expect(await openWith(one!.kem, box, purpose)).toEqual(message)
  expect(await openWith(other!.kem, box, purpose)).toBeUndefined()
})

test('I4: the seed is nowhere in what comes of it', async () => {
  const seed = seedOf(3)
  const { identity, keyringKey } = await openAccountKeys(seed)
  for (const bytes of [identity.key, identity.kem, keyringKey])
    expect(Buffer.from(bytes).equals(Buffer.from(seed))).toBe(false)
})
