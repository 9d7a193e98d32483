import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRevocation } from '../../../shared/certificate.ts'
import { createCast, firstFreeSeq, roleIn, someJoins, someOf, tellAbout } from '../testing/histories.ts'
import {
  addDevice,
  createRelative,
  invitationOf,
  placeIn,
  readSaid,
  say,
  type Relative,
} from '../testing/relatives.ts'
import { type PlacedStatement } from './membership.ts'
import { certificateStatement, revocationStatement } from './statements.ts'

const cast = await createCast()
const { fold, told, rolesIn, by, joinBy, invitationBy } = tellAbout(cast)

test('A1: no more come in than an invitation has uses for, and always the same', async () => {
  const newcomers = await Promise.all([31, 32, 33, 34].map(createRelative))
  const invitation = placeIn(cast.aunt.device, 9, await invitationBy(cast.aunt, 9_002, { uses: 2 }))
  const arrivals: PlacedStatement[] = [invitation]
  for (const [index, newcomer] of newcomers.entries()) {
    const certificate = await readSaid(cast.genesis, certificateStatement(newcomer.certificate))
    arrivals.push(placeIn(newcomer.device, 0, certificate), await joinBy(9_002, newcomer, 100 - index))
  }
  const { key } = await invitationOf(9_002)
  fc.assert(
    fc.property(fc.shuffledSubarray(arrivals), (some) => {
      const joined = fold([...some, ...some]).joinedBy(key)
      expect(joined.length).toBeLessThanOrEqual(2)
      for (const account of joined) expect(newcomers.map((one) => one.account)).toContain(account)
    }),
  )
  expect(new Set(fold(arrivals).joinedBy(key))).toEqual(
    new Set([newcomers[3]!.account, newcomers[2]!.account]),
  )
})

test('A1: who withdraws an invitation keeps those they name, and nobody else', async () => {
  const { owner, aunt, brother, stranger } = cast
  const [one, two] = await Promise.all([35, 36].map(createRelative))
  const { key } = await invitationOf(9_003)
  const arrivals = [placeIn(aunt.device, 9, await invitationBy(aunt, 9_003, { uses: 3 }))]
  for (const newcomer of [one!, two!, stranger])
    arrivals.push(
      { statement: await readSaid(cast.genesis, certificateStatement(newcomer.certificate)) },
      await joinBy(9_003, newcomer),
    )
  const withdraw = async (who: Relative, joined: Relative[]) =>
    placeIn(
      who.device,
      11,
      await by(who, { type: 'withdrawal', key, joined: joined.map(({ account }) => account) }),
    )
  const left = (...said: PlacedStatement[]) =>
    [one!, two!, stranger].map(({ account }) => roleIn(fold(arrivals, said), account))
  expect(left()).toEqual(['member', 'member', 'member'])
  expect(left(await withdraw(brother, [one!, two!]))).toEqual(['member', 'member', 'nobody'])
  expect(left(await withdraw(brother, [one!, two!]), await withdraw(owner, [two!]))).toEqual([
    'nobody',
    'member',
    'nobody',
  ])
  expect(left(await withdraw(cast.member, []))).toEqual(['member', 'member', 'member'])
  // By which the aunt came: only the owner may take that back.
  const ofAunt = (await invitationOf(100)).key
  const taken = async (who: Relative) =>
    placeIn(who.device, 11, await by(who, { type: 'withdrawal', key: ofAunt, joined: [] }))
  expect(roleIn(fold([await taken(brother)]), aunt.account)).toBe('admin')
  expect(roleIn(fold([await taken(owner)]), aunt.account)).toBe('nobody')
})

test('A7: what a revoked device had said before stays, what it says afterwards is void', async () => {
  const { aunt, member, owner } = cast
  const { keys, device } = aunt
  const revocation = await makeRevocation(keys.sign, {
    identityKey: keys.identity.key,
    deviceKey: device.publicKey,
    at: 1,
    accepted: firstFreeSeq,
  })
  const revoked = { statement: await readSaid(cast.genesis, revocationStatement(revocation)) }
  const membership = fold([revoked])
  expect(membership.members.get(aunt.account)).toMatchObject({ role: 'admin', isRemoved: false })
  expect(membership.members.get(aunt.account)?.devices.get(device.id)?.isRevoked).toBe(true)
  expect([9, 10].map((seq) => membership.counts(device.id, seq))).toEqual([true, false])
  fc.assert(
    fc.property(someOf(cast, [aunt], { maxLength: 16 }), someJoins(cast), (more, joins) => {
      expect(told([revoked], joins, more)).toEqual(told([revoked], joins))
    }),
  )
  // Another device of hers is as good as the first was.
  const phone = await addDevice(aunt, 56)
  const certificate = await readSaid(cast.genesis, certificateStatement(phone.certificate))
  const removal = await say(cast.genesis, phone.device, {
    type: 'removal',
    account: member.account,
    cuts: [],
    ms: 1,
  })
  const said = [placeIn(phone.device, 0, certificate), placeIn(phone.device, 1, removal)]
  expect(roleIn(fold([revoked], said), member.account)).toBe('removed')
  // Even the owner's device can be taken from whoever stole it, and only by the owner.
  const stolen = placeIn(
    owner.device,
    30,
    await by(owner, { type: 'removal', account: aunt.account, cuts: [] }),
  )
  const lost = await makeRevocation(owner.keys.sign, {
    identityKey: owner.keys.identity.key,
    deviceKey: owner.device.publicKey,
    at: 1,
    accepted: 30,
  })
  const saved = { statement: await readSaid(cast.genesis, revocationStatement(lost)) }
  expect(roleIn(fold([stolen, saved]), aunt.account)).toBe('admin')
})

test('I7: a newcomer takes the place only of somebody whom the inviter could have removed', async () => {
  const { owner, aunt, brother, member, stranger } = cast
  const newcomer = await createRelative(37)
  const certificate = { statement: await readSaid(cast.genesis, certificateStatement(newcomer.certificate)) }
  const again = async (inviter: Relative, { account }: Relative, role: 'admin' | 'member' = 'member') => {
    const invitation = await invitationBy(inviter, 9_004, { replaces: account, role })
    const all = [placeIn(inviter.device, 9, invitation), certificate, await joinBy(9_004, newcomer)]
    const membership = fold(all)
    // Only once somebody came.
    expect(rolesIn(all.slice(0, 2))).toEqual(rolesIn())
    return [
      roleIn(membership, account),
      roleIn(membership, newcomer.account),
      membership.members.get(newcomer.account)?.replaces,
    ]
  }
  expect(await again(aunt, member)).toEqual(['removed', 'member', member.account])
  expect(await again(owner, brother)).toEqual(['removed', 'member', brother.account])
  expect(await again(owner, brother, 'admin')).toEqual(['removed', 'admin', brother.account])
  expect(await again(aunt, brother)).toEqual(['admin', 'member', undefined])
  expect(await again(aunt, owner)).toEqual(['owner', 'member', undefined])
  expect(await again(owner, owner)).toEqual(['owner', 'member', undefined])
  expect(await again(member, stranger)).toEqual(['nobody', 'nobody', undefined])
})

test('G2: an admin cannot call back the newcomer whom the owner has put in their place', async () => {
  const { owner, brother } = cast
  const newcomer = await createRelative(38)
  const { key } = await invitationOf(9_005)
  const all = [
    placeIn(owner.device, 9, await invitationBy(owner, 9_005, { replaces: brother.account })),
    { statement: await readSaid(cast.genesis, certificateStatement(newcomer.certificate)) },
    await joinBy(9_005, newcomer),
    placeIn(brother.device, 1, await by(brother, { type: 'withdrawal', key, joined: [] })),
  ]
  expect(roleIn(fold(all), brother.account)).toBe('removed')
  expect(roleIn(fold(all), newcomer.account)).toBe('member')
})
