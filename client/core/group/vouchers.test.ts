import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { AccountId } from '../../../shared/identifiers.ts'
import { createCast, someJoins, someOf, tellAbout, type Cast } from '../testing/histories.ts'
import { addDevice, invitationOf, readSaid } from '../testing/relatives.ts'
import { foldMembership } from './membership.ts'
import type { PlacedStatement } from './said.ts'
import { certificateStatement, makeJoin, type Statement } from './statements.ts'
import { readVouchers } from './vouchers.ts'

let cast: Cast
beforeAll(async () => {
  cast = await createCast()
})

const everybody = () => tellAbout(cast).everybody
const statementsOf = (placed: readonly PlacedStatement[]) => placed.map(({ statement }) => statement)
const vouchedBy = (statements: readonly Statement[]) => {
  const vouchers = readVouchers(cast.genesis, statements)
  return everybody().map(({ device }) => vouchers.accountsOf(device.id).length > 0)
}

test('P3: everybody who is a member by any part of what was said is vouched for by all of it', () => {
  const histories = fc
    .tuple(someOf(cast, everybody()), someJoins(cast))
    .map((parts) => [...cast.beginning, ...parts.flat()])
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all)))
  fc.assert(
    fc.property(histories, ([all, part]) => {
      const vouchers = readVouchers(cast.genesis, statementsOf(all))
      for (const [account, { devices }] of foldMembership(cast.genesis, part).members)
        for (const device of devices.keys()) expect(vouchers.accountsOf(device)).toContain(account)
    }),
  )
})

test('G7: who vouches for whom only grows, and does not hang on the order', () => {
  const histories = fc
    .tuple(someOf(cast, everybody()), someJoins(cast))
    .map((parts) => statementsOf([...cast.beginning, ...parts.flat()]))
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
    )
  fc.assert(
    fc.property(histories, ([all, shuffled, part]) => {
      const vouched = vouchedBy(all)
      expect(vouchedBy(shuffled)).toEqual(vouched)
      for (const [index, isVouched] of vouchedBy(part).entries())
        if (isVouched) expect(vouched[index]).toBe(true)
    }),
  )
})

test('P3: who was removed is vouched for still; who never came in is not, whoever but an admin says so', async () => {
  const { by, invitationBy } = tellAbout(cast)
  const { owner, member, cousin, stranger, genesis } = cast
  const beginning = statementsOf(cast.beginning)
  const removal = await by(owner, { type: 'removal', account: member.account, cuts: [] })
  expect(vouchedBy([...beginning, removal])).toEqual([true, true, true, true, true, false])

  const join = async (seed: number) =>
    readSaid(
      genesis,
      await makeJoin(genesis.group, await invitationOf(seed), { account: stranger.account, ms: 9 }),
    )
  const isIn = (...said: Statement[]) =>
    readVouchers(genesis, [...beginning, ...said]).accountsOf(stranger.device.id).length > 0
  expect(isIn(await invitationBy(member, 900), await join(900))).toBe(false)
  expect(isIn(await invitationBy(stranger, 901), await join(901))).toBe(false)
  // An admin makes no admins (G2).
  expect(isIn(await invitationBy(cast.aunt, 902, { role: 'admin' }), await join(902))).toBe(false)
  expect(isIn(await by(cousin, { type: 'role', account: stranger.account, role: 'member', cuts: [] }))).toBe(
    false,
  )
  expect(
    isIn(
      await by(owner, { type: 'withdrawal', key: (await invitationOf(903)).key, joined: [stranger.account] }),
    ),
  ).toBe(false)
  expect(isIn(await invitationBy(cast.aunt, 904), await join(904))).toBe(true)
  expect(isIn(await by(owner, { type: 'role', account: stranger.account, role: 'member', cuts: [] }))).toBe(
    true,
  )
})

test('P3: a device is vouched for by its own account, and by whoever else claims it', async () => {
  const { genesis, member, cousin } = cast
  const beginning = statementsOf(cast.beginning)
  const phone = await addDevice(member, 70)
  const accountsOf = (...said: Statement[]): readonly AccountId[] =>
    readVouchers(genesis, [...beginning, ...said]).accountsOf(phone.device.id)
  expect(accountsOf()).toEqual([])
  const certified = await readSaid(genesis, certificateStatement(phone.certificate))
  expect(accountsOf(certified)).toEqual([member.account])
  const claim = await addDevice(cousin, 70)
  expect(claim.device.id).toBe(phone.device.id)
  const claimed = await readSaid(genesis, certificateStatement(claim.certificate))
  expect(new Set(accountsOf(claimed, certified))).toEqual(new Set([member.account, cousin.account]))
})
