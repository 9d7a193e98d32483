import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { concatBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { PublicKey } from '../../../shared/crypto/ed25519.ts'
import { toHex } from '../../../shared/crypto/hex.ts'
import { nameLimits } from '../../../shared/limits.ts'
import { badSigningKeys, bitFlips, countTaken, truncations, withLeftovers } from '../testing/broken-bytes.ts'
import { createRelative, type Relative } from '../testing/relatives.ts'
import { makeGenesis, readGenesis } from './genesis.ts'

let owner: Relative
let other: Relative
beforeAll(async () => {
  owner = await createRelative(1)
  other = await createRelative(2)
})

const nonce = new Uint8Array(16).fill(7)
const found = (by: Relative, changed: Partial<Parameters<typeof makeGenesis>[1]> = {}): Promise<Bytes> =>
  makeGenesis(by.keys.sign, {
    ownerKey: by.keys.identity.key,
    familyName: 'Lindqvist',
    createdAt: 1_700_000_000_000,
    nonce,
    ...changed,
  })

test('G1: a family begins with these very bytes, and is named by their hash', async () => {
  const bytes = await found(owner)
  const genesis = await readGenesis(bytes)
  expect(genesis).toEqual({
    group: createHash('sha256').update(bytes).digest().subarray(0, 16).toString('base64url'),
    owner: owner.account,
    familyName: 'Lindqvist',
    createdAt: 1_700_000_000_000,
    bytes,
  })
  expect(genesis!.group).toMatchInlineSnapshot(`"jcpRaNyGI0dd3oyCRih96Q"`)
  expect(toHex(bytes)).toMatchInlineSnapshot(
    `"01d4615209d1d366b527d86c07378d2ea074f1a1be92e60039c9913c94a584cbfd80d095ffbc3107070707070707070707070707070707094c696e64717669737466c8984065cbc0595bf34d63712f87919b86410a7fde018b170a632fce381931e0941aeb02ed42ec703e3782e84c671260e63f81619fe44d2bebb4be8f7b3601"`,
  )
})

test('G1: another owner, name, time or nonce is another family', async () => {
  const geneses = await Promise.all([
    found(owner),
    found(other),
    found(owner, { familyName: 'Lindkvist' }),
    found(owner, { createdAt: 1 }),
    found(owner, { nonce: new Uint8Array(16) }),
  ])
  const groups = await Promise.all(geneses.map(async (bytes) => (await readGenesis(bytes))!.group))
  expect(new Set(groups).size).toBe(groups.length)
})

test('G1: nobody signs for another owner, and nothing can be changed, cut off or added', async () => {
  expect(await readGenesis(await found(other, { ownerKey: owner.keys.identity.key }))).toBeUndefined()
  const bytes = await found(owner)
  for (const broken of [truncations(bytes), withLeftovers(bytes), bitFlips(bytes)])
    expect(await countTaken(broken, readGenesis)).toBe(0)
})

test('I6: no family has an owner whose key is of small order or not canonical', async () => {
  for (const bad of badSigningKeys)
    expect(await readGenesis(await found(owner, { ownerKey: bad as PublicKey }))).toBeUndefined()
})

test('a family has a name that people can read', async () => {
  for (const familyName of ['', ' \n', 'x'.repeat(nameLimits.maxFamilyName + 1)])
    expect(await readGenesis(await found(owner, { familyName }))).toBeUndefined()
  expect((await readGenesis(await found(owner, { familyName: '👨‍👩‍👧‍👦'.repeat(20) })))?.familyName).toBe(
    '👨‍👩‍👧‍👦'.repeat(20),
  )
})

test('garbage is no genesis', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.uint8Array({ maxLength: 300 }), async (isVersioned, rest) => {
      const bytes = isVersioned ? concatBytes(Uint8Array.of(1), rest) : rest
      expect(await readGenesis(bytes)).toBeUndefined()
    }),
  )
})
