import { createDecipheriv, hkdfSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { bitFlips, countTaken, truncations } from '../testing/broken-bytes.ts'
import { createRelative, foundFamily } from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { openKeyring, openSeed, sealKeyring, sealSeed } from './account-boxes.ts'
import { openBox, sealBox } from './sealed-box.ts'

const seed = createSeededRandom(1).bytes(32)
const exportKey = new Uint8Array(64).fill(6)
const relative = await createRelative(1) // of this very seed
const other = await createRelative(2)
const genesis = await foundFamily(relative)
const family = {
  genesis: genesis.bytes,
  secret: new Uint8Array(32).fill(3),
  statements: [relative.certificate],
  epochs: [new Uint8Array(32).fill(3)],
}
const raw = (box: string): Bytes => new Uint8Array(Buffer.from(box, 'base64url'))

test('A2: the seed’s box is this one, for this export key and this nonce', async () => {
  const box = await sealSeed(exportKey, seed, createSeededRandom(9))
  expect(box).toMatchInlineSnapshot(
    `"_GSY4sUH6Js9ombdNLG8WGdJvgUbHHRPcZZnJK3vie4HU1H6F3ut4EtBrLiBN3MIdw7s3wXTBvWMzXBX"`,
  )
  // Opened by Node’s own HKDF and AES.
  const bytes = Buffer.from(box, 'base64url')
  const key = Buffer.from(hkdfSync('sha256', exportKey, '', 'hearth/v1/seed-box', 32))
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from('hearth/v1/seed-box'))
  decipher.setAuthTag(bytes.subarray(-16))
  expect(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])).toEqual(
    Buffer.from(seed),
  )
})

test('A2: the seed’s box opens with its export key, for its account, and unchanged, or not at all', async () => {
  const box = await sealSeed(exportKey, seed, createSeededRandom(9))
  expect((await openSeed(exportKey, box, relative.account))?.seed).toEqual(seed)
  expect(await openSeed(exportKey, box, other.account)).toBeUndefined()
  expect(await openSeed(new Uint8Array(64), box, relative.account)).toBeUndefined()
  const open = (bytes: Bytes) => openSeed(exportKey, toBase64Url(bytes), relative.account)
  expect(await countTaken(bitFlips(raw(box)), open)).toBe(0)
  expect(await countTaken(truncations(raw(box)), open)).toBe(0)
  expect(await openSeed(exportKey, 'not base64url!', relative.account)).toBeUndefined()
})

test('A2: a keyring opens for its own account, and unchanged, or not at all', async () => {
  const { account, keys } = relative
  const box = await sealKeyring(keys.keyringKey, account, family, createSeededRandom(9))
  expect(await openKeyring(keys.keyringKey, account, box)).toEqual(family)
  expect(await openKeyring(keys.keyringKey, other.account, box)).toBeUndefined()
  expect(await openKeyring(other.keys.keyringKey, account, box)).toBeUndefined()
  const open = (bytes: Bytes) => openKeyring(keys.keyringKey, account, toBase64Url(bytes))
  expect(
    await countTaken(
      bitFlips(raw(box)).filter((_flip, bit) => bit % 5 === 0),
      open,
    ),
  ).toBe(0)
  expect(await countTaken(truncations(raw(box)), open)).toBe(0)
})

test('a box is for one purpose, and no two are alike', async () => {
  const random = createSeededRandom(3)
  const key = random.bytes(32)
  const [one, two] = [await sealBox(key, seed, 'one', random), await sealBox(key, seed, 'one', random)]
  expect(one).not.toEqual(two)
  expect(await openBox(key, one, 'one')).toEqual(seed)
  expect(await openBox(key, one, 'two')).toBeUndefined()
  expect(await openBox(key, new Uint8Array(12), 'one')).toBeUndefined()
  expect(await openBox(key, await sealBox(key, new Uint8Array(0), 'one', random), 'one')).toEqual(
    new Uint8Array(0),
  )
})
