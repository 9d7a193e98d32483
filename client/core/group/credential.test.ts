import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { makeRevocation } from '../../../shared/certificate.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { countTaken, truncations, withLeftovers } from '../testing/broken-bytes.ts'
import {
  addDevice,
  certifyDevice,
  createRelative,
  foundFamily,
  inviteRelative,
  placeIn,
  readSaid,
  say,
  type Relative,
} from '../testing/relatives.ts'
import { checkCredential, encodeCredential, parseCredential, proofOf, standingIn } from './credential.ts'
import type { Genesis } from './genesis.ts'
import { foldMembership, type PlacedStatement } from './membership.ts'
import { certificateStatement, revocationStatement, type StatementBody } from './statements.ts'

let genesis: Genesis
let owner: Relative
/** Invited as an admin. */
let aunt: Relative
/** Invited as a member, and made admin. */
let brother: Relative
let member: Relative
let ofAunt: Relative
let ofBrother: Relative
let stranger: Relative
/** All there is to know. */
let everything: PlacedStatement[]
/** As much as somebody knows who has met nobody but the owner, early. */
let little: PlacedStatement[]

const place = async (by: Relative, seq: number, bytes: Bytes): Promise<PlacedStatement> =>
  placeIn(by.device, seq, await readSaid(genesis, bytes))
const certificateOf = (of: Relative) => place(of, 0, certificateStatement(of.certificate))
const invite = async (by: Relative, newcomer: Relative, seq: number, role: 'admin' | 'member' = 'member') => {
  const { invitation, join } = await inviteRelative(genesis, by, newcomer, { seed: seq, role, ms: seq })
  return [await certificateOf(newcomer), await place(by, seq, invitation), await place(newcomer, 1, join)]
}
const knowing = (statements: readonly PlacedStatement[]) => ({
  membership: foldMembership(genesis, statements),
  statements,
})
const proof = (of: Relative) => proofOf(knowing(everything).membership, of.account)
const show = ({ certificate }: Pick<Relative, 'certificate'>, shown: readonly Bytes[]) =>
  encodeCredential({ certificate, proof: shown })
const check = async (
  of: Pick<Relative, 'device' | 'certificate'>,
  shown: readonly Bytes[],
  known: readonly PlacedStatement[] = little,
) => checkCredential(knowing(known), of.device.id, show(of, shown))
const said = async (by: Relative, seq: number, body: StatementBody) =>
  placeIn(by.device, seq, await say(genesis, by.device, { ...body, ms: 1_000 + seq }))

beforeAll(async () => {
  owner = await createRelative(1)
  aunt = await createRelative(2)
  brother = await createRelative(3)
  member = await createRelative(4)
  ofAunt = await createRelative(5)
  ofBrother = await createRelative(6)
  stranger = await createRelative(7)
  genesis = await foundFamily(owner)
  little = [await certificateOf(owner)]
  everything = [
    ...little,
    ...(await invite(owner, aunt, 2, 'admin')),
    ...(await invite(owner, brother, 3)),
    await said(owner, 4, { type: 'role', account: brother.account, role: 'admin', cuts: [] }),
    ...(await invite(owner, member, 5)),
    ...(await invite(aunt, ofAunt, 6)),
    ...(await invite(brother, ofBrother, 7)),
  ]
})

const newcomers = () => ({ owner, aunt, brother, member, ofAunt, ofBrother })

test.each(['owner', 'aunt', 'brother', 'member', 'ofAunt', 'ofBrother'] as const)(
  'L3: %s is let in by whoever knows the genesis alone, with the proof up to the owner',
  async (who) => {
    const newcomer = newcomers()[who]
    expect(await check(newcomer, proof(newcomer))).toBe('member')
    expect(await check(newcomer, proof(newcomer), [])).toBe('member')
    // Who is known needs to show nothing but a certificate.
    expect(await check(newcomer, [], everything)).toBe('member')
  },
)

test('L3: an admin made so by the owner invites with the owner’s word on it', () => {
  const kinds = proof(ofBrother).map((bytes) => bytes[0])
  expect(kinds.filter((kind) => kind === 6)).toHaveLength(1)
})

test.each(['aunt', 'brother', 'member', 'ofAunt', 'ofBrother'] as const)(
  'L3: with any one link of the proof missing, %s is refused',
  async (who) => {
    const newcomer = newcomers()[who]
    const whole = proof(newcomer)
    for (let missing = 0; missing < whole.length; missing++) {
      const left = whole.filter((_one, index) => index !== missing)
      expect(await check(newcomer, left, [])).toBe('notOfThisFamily')
    }
    expect(await check(newcomer, [])).toBe('notOfThisFamily')
  },
)

test('L3: every proof fits into a handshake, whoever it is of', () => {
  for (const newcomer of Object.values(newcomers())) {
    const bytes = show(newcomer, proof(newcomer))
    expect(bytes.length).toBeLessThan(accountLimits.maxCredentialBytes / 4)
  }
})

test('L3: a stranger is refused, whatever they show', async () => {
  expect(await check(stranger, [])).toBe('notOfThisFamily')
  expect(await check(stranger, proof(ofAunt))).toBe('notOfThisFamily')
  expect(
    await check(
      stranger,
      everything.map(({ statement }) => statement.bytes),
    ),
  ).toBe('notOfThisFamily')
})

test('L3: strangers who vouch for each other in a circle are refused', async () => {
  const other = await createRelative(8)
  const circle = [
    ...(await invite(stranger, other, 8, 'admin')),
    ...(await invite(other, stranger, 9, 'admin')),
  ]
  const roles = [
    await said(stranger, 10, { type: 'role', account: other.account, role: 'admin', cuts: [] }),
    await said(other, 11, { type: 'role', account: stranger.account, role: 'admin', cuts: [] }),
  ]
  const shown = [...circle, ...roles].map(({ statement }) => statement.bytes)
  expect(await check(stranger, shown)).toBe('notOfThisFamily')
  expect(await check(other, shown)).toBe('notOfThisFamily')
  expect(proofOf(knowing([...everything, ...circle]).membership, stranger.account)).toEqual([])
})

test('L3: a removal known here stands against any proof', async () => {
  const cuts = [{ device: ofAunt.device.id, length: 2 }]
  const removal = await said(aunt, 12, { type: 'removal', account: ofAunt.account, cuts })
  const aware = [...little, ...everything.slice(1, 4), removal]
  expect(await check(ofAunt, proof(ofAunt), aware)).toBe('notOfThisFamily')
  const late = await addDevice(ofAunt, 61)
  expect(await check(late, proof(ofAunt), aware)).toBe('notOfThisFamily')
  expect(await check(ofAunt, proof(ofAunt), [...everything, removal])).toBe('notOfThisFamily')
})

test('L3: nobody comes in on the word of an admin who was removed, unless it was heard before', async () => {
  const cuts = [{ device: aunt.device.id, length: 7 }]
  const removal = await said(owner, 13, { type: 'removal', account: aunt.account, cuts })
  expect(await check(ofAunt, proof(ofAunt), [...little, removal])).toBe('notOfThisFamily')
  // The invitation stands at 6 in her feed, before the cut.
  const heard = everything.filter(({ place }) => place?.device === aunt.device.id)
  expect(await check(ofAunt, proof(ofAunt), [...little, removal, ...heard])).toBe('member')
})

test('A7: a revoked device is told apart, and another one of the same account is let in', async () => {
  const { keys, device } = member
  const revocation = await makeRevocation(keys.sign, {
    identityKey: keys.identity.key,
    deviceKey: device.publicKey,
    at: 1,
    accepted: 2,
  })
  const revoked = { statement: await readSaid(genesis, revocationStatement(revocation)) }
  expect(await check(member, proof(member), [...everything, revoked])).toBe('revoked')
  expect(await check(member, proof(member), [...little, revoked])).toBe('revoked')
  const phone = await addDevice(member, 62)
  expect(await check(phone, proof(member), [...everything, revoked])).toBe('member')
  expect(await check(phone, proof(member), [...little, revoked])).toBe('member')
})

test('L3: a device shows its own certificate, or none', async () => {
  expect(await checkCredential(knowing(everything), member.device.id, show(aunt, []))).toBe('notOfThisFamily')
  // A member cannot lend their account to somebody else's key: that takes the identity key.
  const forged = {
    certificate: await certifyDevice({ ...member.keys, sign: stranger.keys.sign }, stranger.device, 'mine'),
  }
  expect(await checkCredential(knowing(everything), stranger.device.id, show(forged, []))).toBe(
    'notOfThisFamily',
  )
})

test('L3: who claims somebody’s new device for themselves does not keep it out', async () => {
  const phone = await addDevice(member, 63, 100)
  const claim = certificateStatement(await certifyDevice(stranger.keys, phone.device, 'mine', 0))
  const claimed = [
    ...everything,
    await place(stranger, 1, claim),
    { statement: await readSaid(genesis, claim) },
  ]
  expect(await check(phone, [], claimed)).toBe('member')
  // But what a device has written itself, it cannot take back in a handshake.
  const own = placeIn(phone.device, 0, await readSaid(genesis, certificateStatement(phone.certificate)))
  const other = { device: phone.device, certificate: await certifyDevice(aunt.keys, phone.device, 'hers', 0) }
  expect(await check(other, [], [...everything, own])).toBe('notOfThisFamily')
})

test('L3: oversized, cut, lengthened and random credentials are refused', async () => {
  const bytes = show(ofBrother, proof(ofBrother))
  const taken = (all: readonly Bytes[]) => countTaken(all, parseCredential)
  expect(await taken([bytes])).toBe(1)
  expect(await taken(truncations(bytes))).toBe(0)
  expect(await taken(withLeftovers(bytes))).toBe(0)
  const many = Array.from({ length: accountLimits.maxProofStatements + 1 }, () => new Uint8Array(1))
  expect(await taken([encodeCredential({ certificate: member.certificate, proof: many })])).toBe(0)
  const large = [new Uint8Array(accountLimits.maxCredentialBytes)]
  expect(await check(member, large, everything)).toBe('notOfThisFamily')
  expect(await check(ofAunt, [...proof(ofAunt), new Uint8Array(7)])).toBe('notOfThisFamily')
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (garbage) => {
      const answer = await checkCredential(knowing(everything), member.device.id, new Uint8Array(garbage))
      expect(answer).toBe('notOfThisFamily')
    }),
  )
})

test('L3: no bit of a credential can be changed', async () => {
  const bytes = show(member, proof(member))
  const known = knowing(little)
  for (let bit = 0; bit < bytes.length * 8; bit += 11) {
    const flipped = new Uint8Array(bytes)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    expect(await checkCredential(known, member.device.id, flipped)).toBe('notOfThisFamily')
  }
})

test('whatever a credential holds comes through unchanged', () => {
  const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((one) => new Uint8Array(one))
  const credentials = fc.record({
    certificate: bytes(accountLimits.maxCertificateBytes),
    proof: fc.array(bytes(200), { maxLength: 20 }),
  })
  fc.assert(
    fc.property(credentials, (credential) => {
      expect(parseCredential(encodeCredential(credential))).toEqual(credential)
    }),
  )
})

test('where a device stands follows from the membership alone', () => {
  const { membership } = knowing(everything)
  expect(standingIn(membership, member.device.id, member.account)).toBe('member')
  expect(standingIn(membership, member.device.id, aunt.account)).toBe('notOfThisFamily')
  expect(standingIn(membership, stranger.device.id, stranger.account)).toBe('notOfThisFamily')
})
