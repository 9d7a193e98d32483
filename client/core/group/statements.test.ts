import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { makeRevocation } from '../../../shared/certificate.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { toHex } from '../../../shared/crypto/hex.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { accountLimits, logLimits } from '../../../shared/limits.ts'
import type { InvitationSecrets } from '../account/invitation-secret.ts'
import { badSigningKeys, bitFlips, countTaken, truncations, withLeftovers } from '../testing/broken-bytes.ts'
import { createRelative, foundFamily, invitationOf, type Relative } from '../testing/relatives.ts'
import type { Genesis } from './genesis.ts'
import {
  certificateStatement,
  makeJoin,
  makeStatement,
  readStatement,
  revocationStatement,
  type Cut,
  type InvitationKey,
  type StatementBody,
} from './statements.ts'

let owner: Relative
let member: Relative
let genesis: Genesis
let secrets: InvitationSecrets
/** One of every kind. */
let all: Record<string, Bytes>

const state = (body: StatementBody, ms = 1_700_000_000_000) =>
  makeStatement(genesis.group, owner.device, { ...body, ms })
const read = (bytes: Bytes) => readStatement(genesis.group, bytes)

beforeAll(async () => {
  owner = await createRelative(1)
  member = await createRelative(2)
  genesis = await foundFamily(owner)
  secrets = await invitationOf(3)
  const { account, keys, device } = member
  const cuts = [{ device: device.id, length: 300 }]
  const invitation = { type: 'invitation', key: secrets.key, uses: 2, expiresAt: 1_700_000_000_500 } as const
  all = {
    certificate: certificateStatement(member.certificate),
    revocation: revocationStatement(
      await makeRevocation(keys.sign, {
        identityKey: keys.identity.key,
        deviceKey: device.publicKey,
        at: 5,
        accepted: 6,
      }),
    ),
    join: await makeJoin(genesis.group, secrets, { account, ms: 7 }),
    invitation: await state({ ...invitation, role: 'member' }),
    again: await state({ ...invitation, role: 'admin', replaces: account, cuts }),
    withdrawal: await state({ type: 'withdrawal', key: secrets.key, joined: [account] }),
    role: await state({ type: 'role', account, role: 'admin', cuts }),
    removal: await state({ type: 'removal', account, cuts }),
  }
})

test('I3, G2, L3, A8: every statement is made of these very bytes', () => {
  expect(Object.fromEntries(Object.entries(all).map(([kind, bytes]) => [kind, toHex(bytes)])))
    .toMatchInlineSnapshot(`
    {
      "again": "04f47c5d41e26fba63cc059e8a51a5f897d1f67ea27724588286868cb79e23e65980d095ffbc31f820df2bda990877f1ab34bca88b8fc7d6de06ce6f234f9df72793f81f030eb10102f4d395ffbc3101cab9ba25edef93fb2d7a56bb28caa732ce88ce7544b133fdbc563133586ba20d011a46852d6fe3febdb987737baaa176e8c646d4f4c20a8acaffb718dff1601bc3ac02a26eca25dc16445ad701c0dbbce3546e66c20210fd034bbd4c0fbd960ef020186568492b2fff3b0d8f7d94ad67524f6df3cf4f2a230c33669b400eae24e9d80e",
      "certificate": "010183f435f515f5b4fee03c92262030ac2201ce655f852e63613ba20af758a293f76d837af900c9160477f13ea034c9b2b5d5ff88a8b25413325f3e6aba8ad1f50b1a46852d6fe3febdb987737baaa176e8c646d4f4c20a8acaffb718dff1601bc3e64a5b076c71f3168bb2d56e18b38ac4f9537ff59ad9c48cbd1c30de2932cf0901086465766963652032a7dd22370e585d1a035c3681f2fde621a6bc3b7be9fe3dda8476583fc549dd2d8f757d01ee4c145a24cc9636446c658b259e3c38c681b8e76219caf11972af06",
      "invitation": "04f47c5d41e26fba63cc059e8a51a5f897d1f67ea27724588286868cb79e23e65980d095ffbc31f820df2bda990877f1ab34bca88b8fc7d6de06ce6f234f9df72793f81f030eb10002f4d395ffbc31006d3ba2cac2952a8ce64fc0209a5ca8dc9dd53d95195ccee70387049123b8b7ebac9fe03f843ea642f6d54760bd4e0400089f2dad32a3012b368e4cdff0b3bc09",
      "join": "03cab9ba25edef93fb2d7a56bb28caa732ce88ce7544b133fdbc563133586ba20df820df2bda990877f1ab34bca88b8fc7d6de06ce6f234f9df72793f81f030eb107c93338d3c2e30346a7fa1bae7f5c1fbc32dddc8dab4d3dc1950fe505cadd966ddfa865b840713765b8edb6106a45cee1ea53233757c74e28fa0ec231abcd0a07",
      "removal": "07f47c5d41e26fba63cc059e8a51a5f897d1f67ea27724588286868cb79e23e65980d095ffbc31cab9ba25edef93fb2d7a56bb28caa732ce88ce7544b133fdbc563133586ba20d011a46852d6fe3febdb987737baaa176e8c646d4f4c20a8acaffb718dff1601bc3ac02c5f4d6594f7e23accc978720b0ec9862c6491b75fe9d3f78bee9fe503505e4c0b41c44ca1e56d5d9a8c98ae6ba3e21b7a430383abcaf94b34b447d12a28aea09",
      "revocation": "020183f435f515f5b4fee03c92262030ac2201ce655f852e63613ba20af758a293f71a46852d6fe3febdb987737baaa176e8c646d4f4c20a8acaffb718dff1601bc305063e02ce279677f27d287dc0ea09a4f84be4a97b73d84ef1b516e0f5bbab4b4211001c28bb77fbcdd26f4b8f409279eca9f51d3397b97b0208d6eaedb1633e3900",
      "role": "06f47c5d41e26fba63cc059e8a51a5f897d1f67ea27724588286868cb79e23e65980d095ffbc31cab9ba25edef93fb2d7a56bb28caa732ce88ce7544b133fdbc563133586ba20d01011a46852d6fe3febdb987737baaa176e8c646d4f4c20a8acaffb718dff1601bc3ac02920b5955a4730602475e033d75964b57cad443f5fe68c9ab52ee9f866ca1b8bef6831c163149175b99f3c927c774dc1e784b8c83501fd03e166395ad4a9f130c",
      "withdrawal": "05f47c5d41e26fba63cc059e8a51a5f897d1f67ea27724588286868cb79e23e65980d095ffbc31f820df2bda990877f1ab34bca88b8fc7d6de06ce6f234f9df72793f81f030eb101cab9ba25edef93fb2d7a56bb28caa732ce88ce7544b133fdbc563133586ba20d354f1df358d83c68106f0fe80dda1945059870085fd5adbf0c584b148ee04e482e5e7a5ad625de4ad28a2130be5962b69bf9c65d4757646b5f37178815be0703",
    }
  `)
})

test('every statement comes out as it was said, named by its hash', async () => {
  const signed = { signer: owner.device.id, ms: 1_700_000_000_000 }
  const cuts = [{ device: member.device.id, length: 300 }]
  const invitation = { type: 'invitation', key: secrets.key, uses: 2, expiresAt: 1_700_000_000_500 }
  const { account } = member
  expect(await read(all['certificate']!)).toMatchObject({ certificate: { device: member.device.id } })
  expect(await read(all['revocation']!)).toMatchObject({ revocation: { account, at: 5, accepted: 6 } })
  const expected = {
    join: { type: 'join', account, key: secrets.key, ms: 7 },
    invitation: { ...signed, ...invitation, role: 'member' },
    again: { ...signed, ...invitation, role: 'admin', replaces: account, cuts },
    withdrawal: { ...signed, type: 'withdrawal', key: secrets.key, joined: [account] },
    role: { ...signed, type: 'role', account, role: 'admin', cuts },
    removal: { ...signed, type: 'removal', account, cuts },
  }
  for (const [kind, said] of Object.entries(expected)) {
    const { id, bytes, ...rest } = (await read(all[kind]!))!
    expect(rest).toEqual(said)
    expect(bytes).toEqual(all[kind])
    expect(id).toMatch(/^[\w-]{43}$/)
  }
})

const id = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64Url)
const account = id.map((text) => text as AccountId)
const key = id.map((text) => text as InvitationKey)
const role = fc.constantFrom('admin' as const, 'member' as const)
const ms = fc.nat()
const cuts: fc.Arbitrary<Cut[]> = fc.array(
  fc.record({ device: id.map((text) => text as DeviceId), length: fc.nat(logLimits.maxEntriesPerFeed) }),
  { maxLength: 5 },
)
const invitationFields = {
  type: fc.constant('invitation' as const),
  key,
  role,
  uses: fc.nat(20),
  expiresAt: ms,
}
const bodies: fc.Arbitrary<StatementBody> = fc.oneof(
  fc.record(invitationFields),
  fc.record({ ...invitationFields, replaces: account, cuts }),
  fc.record({ type: fc.constant('withdrawal' as const), key, joined: fc.array(account, { maxLength: 5 }) }),
  fc.record({ type: fc.constant('role' as const), account, role, cuts }),
  fc.record({ type: fc.constant('removal' as const), account, cuts }),
)

test('whatever is said comes through unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, ms, async (body, at) => {
      expect(await read(await state(body, at))).toMatchObject({ ...body, ms: at, signer: owner.device.id })
    }),
    { numRuns: 60 },
  )
})

test('G6: nobody has so many devices that they could not be removed, nor came so many by an invitation that it could not be withdrawn', async () => {
  const cuts = Array.from({ length: logLimits.maxFeedsPerPage }, () => ({
    device: owner.device.id,
    length: logLimits.maxEntriesPerFeed,
  }))
  const joined = Array.from({ length: accountLimits.maxAccounts }, () => member.account)
  for (const bytes of [
    await state({ type: 'removal', account: member.account, cuts }),
    await state({ type: 'withdrawal', key: secrets.key, joined }),
  ]) {
    expect(bytes.length).toBeLessThan(logLimits.maxEntryBytes)
    expect(await read(bytes)).toBeDefined()
  }
})

test('nothing but a whole statement is read, with nothing after it', async () => {
  for (const bytes of Object.values(all)) {
    expect(await countTaken(truncations(bytes), read)).toBe(0)
    expect(await countTaken(withLeftovers(bytes), read)).toBe(0)
  }
  expect(await read(new Uint8Array(logLimits.maxEntryBytes + 1).fill(7))).toBeUndefined()
})

test.each(['certificate', 'revocation', 'join', 'invitation', 'again', 'withdrawal', 'role', 'removal'])(
  'no bit of a %s can be changed',
  async (kind) => {
    expect(await countTaken(bitFlips(all[kind]!), read)).toBe(0)
  },
)

test('garbage is no statement, whatever kind it says it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(9), fc.uint8Array({ maxLength: 400 }), async (kind, rest) => {
      expect(await read(concatBytes(Uint8Array.of(kind), rest))).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('G1: what was said in another family says nothing in this one', async () => {
  const other = await foundFamily(owner, 'Lindkvist')
  for (const kind of ['join', 'invitation', 'again', 'withdrawal', 'role', 'removal'])
    expect(await readStatement(other.group, all[kind]!)).toBeUndefined()
  // Whose a device is, is the same in every family.
  expect(await readStatement(other.group, all['certificate']!)).toBeDefined()
})

test('L3: nobody speaks for another device, nor joins by an invitation without its secret', async () => {
  const body = { type: 'removal', account: owner.account, cuts: [], ms: 1 } as const
  const asOwner = { id: owner.device.id, sign: member.device.sign }
  expect(await read(await makeStatement(genesis.group, asOwner, body))).toBeUndefined()
  const guessed = { key: secrets.key, sign: (await invitationOf(4)).sign }
  const joining = { account: member.account, ms: 1 }
  expect(await read(await makeJoin(genesis.group, guessed, joining))).toBeUndefined()
})

test('I6: nobody signs by a device or an invitation whose key is of small order or not canonical', async () => {
  // For the neutral point this signature would be good for whatever is said.
  const sign = () => Promise.resolve(Uint8Array.of(1, ...new Uint8Array(63)))
  for (const bad of badSigningKeys) {
    const forger = { id: toBase64Url(bad) as DeviceId, sign }
    const removal = { type: 'removal', account: owner.account, cuts: [], ms: 1 } as const
    expect(await read(await makeStatement(genesis.group, forger, removal))).toBeUndefined()
    const invitation = { key: toBase64Url(bad) as InvitationKey, sign }
    const join = await makeJoin(genesis.group, invitation, { account: member.account, ms: 1 })
    expect(await read(join)).toBeUndefined()
  }
})
