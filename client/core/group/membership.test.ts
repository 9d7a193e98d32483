import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createCast,
  firstFreeSeq,
  roleIn,
  someJoins,
  someOf,
  toldBy,
  tellAbout,
} from '../testing/histories.ts'
import {
  addDevice,
  certifyDevice,
  foundFamily,
  invitationOf,
  placeIn,
  readSaid,
} from '../testing/relatives.ts'
import { foldMembership, type PlacedStatement } from './membership.ts'
import { certificateStatement, type StatementBody } from './statements.ts'

const cast = await createCast()
const { everybody, fold, told, rolesIn, by, joinBy, invitationBy } = tellAbout(cast)

test('G2: the family as it began', () => {
  expect(rolesIn()).toEqual(['owner', 'admin', 'admin', 'member', 'member', 'nobody'])
})

test('G7: order and repetition change nothing', () => {
  const history = fc.tuple(someOf(cast, everybody, { maxLength: 16 }), someJoins(cast))
  fc.assert(
    fc.property(
      history.chain(([said, joins]) => {
        const all = [...cast.beginning, ...said, ...joins]
        return fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.subarray(all),
        )
      }),
      ([all, shuffled, again]) => {
        const once = toldBy(foldMembership(cast.genesis, all), cast)
        expect(toldBy(foldMembership(cast.genesis, [...shuffled, ...again]), cast)).toEqual(once)
      },
    ),
  )
})

test('G2: whatever members and strangers say changes nothing', () => {
  const { owner, aunt, brother, member, cousin, stranger } = cast
  const low = [member, cousin, stranger].map(({ account }) => account)
  const raises = ({ statement }: PlacedStatement) =>
    (statement.type === 'role' && statement.role === 'admin' && low.includes(statement.account)) ||
    (statement.type === 'invitation' && statement.role === 'admin')
  const high = someOf(cast, [owner, aunt, brother]).map((said) => said.filter((one) => !raises(one)))
  fc.assert(
    fc.property(
      high,
      someJoins(cast),
      someOf(cast, [member, cousin, stranger], { from: 1, maxLength: 16 }),
      (said, joins, more) => {
        expect(told(said, joins, more)).toEqual(told(said, joins))
      },
    ),
  )
})

test('G2: whatever admins say, owner and admins stay what the owner made them, and nobody becomes admin', () => {
  const { owner, aunt, brother } = cast
  fc.assert(
    fc.property(
      someOf(cast, [owner]),
      someJoins(cast),
      someOf(cast, [aunt, brother], { from: 1, maxLength: 16 }),
      (said, joins, more) => {
        const [before, after] = [fold(said, joins), fold(said, joins, more)]
        for (const { account } of everybody) {
          const role = roleIn(before, account)
          if (role === 'owner' || role === 'admin') expect(roleIn(after, account)).toBe(role)
          else expect(['nobody', 'removed', 'member']).toContain(roleIn(after, account))
        }
        expect(roleIn(after, owner.account)).toBe('owner')
      },
    ),
  )
})

test('G2: nobody is more than somebody higher has made them', () => {
  const { owner } = cast
  fc.assert(
    fc.property(someOf(cast, everybody, { maxLength: 16 }), someJoins(cast), (said, joins) => {
      const all = [...cast.beginning, ...said, ...joins]
      const statements = all.map(({ statement }) => statement)
      const ofOwner = statements.filter((one) => 'signer' in one && one.signer === owner.device.id)
      for (const [account, { role, isRemoved }] of fold(said, joins).members) {
        if (account === owner.account) continue
        const asAdmin = ofOwner.some(
          (one) => one.type === 'role' && one.role === 'admin' && one.account === account,
        )
        const keys = ofOwner.flatMap((one) =>
          one.type === 'invitation' && one.role === 'admin' ? [one.key] : [],
        )
        const byInvitation = statements.some(
          (one) => one.type === 'join' && one.account === account && keys.includes(one.key),
        )
        if (role === 'admin') expect(asAdmin || byInvitation).toBe(true)
        expect(role).not.toBe('owner')
        if (ofOwner.some((one) => one.type === 'removal' && one.account === account))
          expect(isRemoved).toBe(true)
      }
    }),
  )
})

test.each(['removed', 'demoted', 'replaced'] as const)(
  'G6: an admin who was %s changes nothing more, back-dated, outside their feed or after the cut',
  async (how) => {
    const { owner, aunt } = cast
    const cuts = [{ device: aunt.device.id, length: firstFreeSeq }]
    const { account } = aunt
    const { key } = await invitationOf(9_000)
    const ends: Record<typeof how, StatementBody> = {
      removed: { type: 'removal', account, cuts },
      demoted: { type: 'role', account, role: 'member', cuts },
      replaced: { type: 'invitation', key, role: 'member', uses: 1, expiresAt: 1, replaces: account, cuts },
    }
    const end = [
      placeIn(owner.device, 9, await by(owner, ends[how], 3_000)),
      await joinBy(9_000, cast.stranger),
    ]
    expect(roleIn(fold(end), account)).toBe(how === 'demoted' ? 'member' : 'removed')
    // The cousin, who came by an invitation from before, stays.
    expect(roleIn(fold(end), cast.cousin.account)).toBe('member')
    fc.assert(
      fc.property(someOf(cast, [aunt], { maxLength: 16 }), someJoins(cast), (more, joins) => {
        expect(told(end, joins, more)).toEqual(told(end, joins))
      }),
    )
  },
)

test('G2: an admin’s invitation to be an admin lets nobody in, not even as a member', async () => {
  const { aunt, owner, stranger } = cast
  const wish = { role: 'admin' } as const
  const join = await joinBy(9_006, stranger)
  const isIn = (said: PlacedStatement) => roleIn(fold([said, join]), stranger.account)
  expect(isIn(placeIn(aunt.device, 9, await invitationBy(aunt, 9_006, wish)))).toBe('nobody')
  expect(isIn(placeIn(owner.device, 9, await invitationBy(owner, 9_006, wish)))).toBe('admin')
})

test('G6: of a removed member only what was seen counts', async () => {
  const { aunt, member } = cast
  const cuts = [{ device: member.device.id, length: 4 }]
  const removal = placeIn(aunt.device, 9, await by(aunt, { type: 'removal', account: member.account, cuts }))
  const membership = fold([removal])
  expect([3, 4].map((seq) => membership.counts(member.device.id, seq))).toEqual([true, false])
  // Of two removals the one that leaves less holds, in whatever order they came.
  const less = placeIn(
    aunt.device,
    8,
    await by(aunt, {
      type: 'removal',
      account: member.account,
      cuts: [{ device: member.device.id, length: 2 }],
    }),
  )
  for (const both of [
    [removal, less],
    [less, removal],
  ])
    expect([1, 2].map((seq) => fold(both).counts(member.device.id, seq))).toEqual([true, false])
  // And nothing of a device that they bring only afterwards.
  const late = await addDevice(member, 55)
  const certificate = await readSaid(cast.genesis, certificateStatement(late.certificate))
  expect(fold([removal, placeIn(late.device, 0, certificate)]).counts(late.device.id, 0)).toBe(false)
})

test('G2: whom the owner has made admin is removed by no admin who back-dates', async () => {
  const { aunt, brother, member, owner } = cast
  const early: StatementBody = { type: 'removal', account: brother.account, cuts: [] }
  const removal = placeIn(aunt.device, 9, await by(aunt, early, 115)) // the brother became admin at 120
  expect(roleIn(fold([removal]), brother.account)).toBe('admin')
  const promotion = await by(owner, { type: 'role', account: member.account, role: 'admin', cuts: [] }, 9_000)
  const later = placeIn(aunt.device, 9, await by(aunt, { ...early, account: member.account }, 8_999))
  expect(roleIn(fold([later]), member.account)).toBe('removed')
  expect(roleIn(fold([later, placeIn(owner.device, 9, promotion)]), member.account)).toBe('admin')
})

test('G2: no clock decides who was admin: neither of the admin, nor of the owner', async () => {
  const { owner, brother, member, stranger } = cast
  // Made admin by an owner whose clock is an hour ahead; made a member again by one whose clock is right.
  const cutsAt = (length: number) => [{ device: member.device.id, length }]
  const role = (to: 'admin' | 'member', length: number, ms: number) =>
    by(owner, { type: 'role', account: member.account, role: to, cuts: cutsAt(length) }, ms)
  const raised = placeIn(owner.device, 9, await role('admin', 3, 3_600_000))
  const lowered = placeIn(owner.device, 10, await role('member', 6, 3_600_001))
  const invited = async (ms: number) => invitationBy(member, 9_001, { ms })
  const join = await joinBy(9_001, stranger)
  const isIn = (...said: PlacedStatement[]) => roleIn(fold([raised, join, ...said]), stranger.account)
  for (const ms of [1, 5_000, 3_600_000, 7_200_000]) {
    const invitation = await invited(ms)
    expect(isIn(placeIn(member.device, 4, invitation))).toBe('member')
    expect(isIn(placeIn(member.device, 2, invitation))).toBe('nobody') // said before
    expect(isIn(placeIn(member.device, 4, invitation), lowered)).toBe('member')
    expect(isIn(placeIn(member.device, 6, invitation), lowered)).toBe('nobody')
    expect(isIn(placeIn(member.device, 2, invitation), lowered)).toBe('nobody')
    expect(isIn({ statement: invitation }, lowered)).toBe('nobody')
    expect(isIn(placeIn(brother.device, 4, invitation), lowered)).toBe('nobody')
  }
})

test('I3: who certifies the device of somebody else does not speak with its voice', async () => {
  const { aunt, brother, member, owner, stranger } = cast
  const claims: PlacedStatement[] = []
  for (const thief of [aunt, member, stranger])
    for (const { device } of [owner, aunt, brother, member]) {
      if (device === thief.device) continue
      const certificate = certificateStatement(await certifyDevice(thief.keys, device, 'mine', 0))
      const statement = await readSaid(cast.genesis, certificate)
      claims.push({ statement }, placeIn(thief.device, claims.length + 20, statement))
    }
  fc.assert(
    fc.property(fc.subarray(claims), someOf(cast, everybody), someJoins(cast), (some, said, joins) => {
      expect(told(some, said, joins)).toEqual(told(said, joins))
    }),
  )
})

test('G1: with another beginning the same statements make another family', async () => {
  const other = await foundFamily(cast.aunt, 'Lindkvist')
  expect(other.group).not.toBe(cast.genesis.group)
  const membership = foldMembership(other, cast.beginning)
  expect(roleIn(membership, cast.aunt.account)).toBe('owner')
  // What the aunt said as an admin of the one, she never said of the other: read there, it is no statement at all.
  expect([...membership.members.values()].filter(({ role }) => role === 'owner')).toHaveLength(1)
})

test('the owner needs nobody’s word, and is nobody while no certificate says who they are', () => {
  expect(foldMembership(cast.genesis, []).members.size).toBe(0)
  const [first] = cast.beginning
  const alone = foldMembership(cast.genesis, [first!])
  expect([...alone.members.keys()]).toEqual([cast.owner.account])
  expect(alone.members.get(cast.owner.account)?.standing).toEqual({ type: 'founder' })
})
