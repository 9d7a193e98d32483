import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRevocation } from '../../../shared/certificate.ts'
import { toHex } from '../../../shared/crypto/hex.ts'
import { logLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import { bitFlips, countTaken, truncations, withLeftovers } from '../testing/broken-bytes.ts'
import { createCutSayings, cutRoom, someCuts } from '../testing/cut-sayings.ts'
import { createCast, someJoins, someOf, tellAbout } from '../testing/histories.ts'
import { addDevice, placeIn, readSaid, type Relative } from '../testing/relatives.ts'
import { foldMembership, type Membership, type PlacedStatement } from './membership.ts'
import {
  certificateStatement,
  makeStatement,
  readStatement,
  revocationStatement,
  type LogCut,
} from './statements.ts'

const cast = await createCast()
const sayings = await createCutSayings(cast)
const { everybody, fold, by } = tellAbout(cast)
const { owner, aunt, brother, member, cousin, stranger } = cast

const countsOf = (membership: Membership, { device }: Pick<Relative, 'device'>, page = 0) =>
  membership.countsInRoom(device.id, cutRoom, page)
const told = (...said: (readonly PlacedStatement[])[]) =>
  everybody.map((one) => [0, 1].map((page) => countsOf(fold(...said), one, page)))
const idsOf = (...people: readonly Relative[]) => people.map(({ device }) => device.id)

const removalBy = async (who: Relative, of: Relative, ms = 3_000): Promise<PlacedStatement> =>
  placeIn(who.device, 30, await by(who, { type: 'removal', account: of.account, cuts: [] }, ms))
const cutBy = async (
  who: Pick<Relative, 'device'>,
  of: Pick<Relative, 'device'>,
  length: number,
  seq = 31,
): Promise<PlacedStatement> => {
  const logs: LogCut[] = [{ log: cutRoom, pages: [{ page: 0, length }] }]
  const body = { type: 'cut', device: of.device.id, logs, ms: 3_001 } as const
  const bytes = await makeStatement(cast.genesis.group, who.device, body)
  return placeIn(who.device, seq, await readSaid(cast.genesis, bytes))
}

test('G6: of who is in all counts, whatever anybody says', () => {
  fc.assert(
    fc.property(someCuts(sayings, everybody), (cuts) => {
      expect(
        told(cuts)
          .flat()
          .every((length) => length === Infinity),
      ).toBe(true)
    }),
  )
})

test('G7: how much counts is the same for every order in which statements came, and however often', () => {
  const history = fc.tuple(
    someOf(cast, everybody, { maxLength: 10 }),
    someJoins(cast),
    someCuts(sayings, everybody),
  )
  fc.assert(
    fc.property(
      history.chain(([said, joins, cuts]) => {
        const all = [...cast.beginning, ...said, ...joins, ...cuts]
        return fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.subarray(all),
        )
      }),
      ([all, shuffled, again]) => {
        const once = foldMembership(cast.genesis, all)
        const other = foldMembership(cast.genesis, [...shuffled, ...again])
        for (const one of everybody) expect(countsOf(other, one)).toBe(countsOf(once, one))
        expect(new Set(other.out)).toEqual(new Set(once.out))
        expect(new Set(other.uncut)).toEqual(new Set(once.uncut))
      },
    ),
  )
})

test('G2: what members and strangers say of others’ devices cuts nobody', async () => {
  const removal = [await removalBy(owner, aunt), await removalBy(owner, cousin)]
  const speakers = [member, stranger]
  const of = idsOf(owner, aunt, brother, cousin)
  fc.assert(
    fc.property(someCuts(sayings, speakers, { of, from: 1 }), (cuts) => {
      expect(told(removal, cuts)).toEqual(told(removal))
    }),
  )
})

test('G2: what an admin says cuts no owner and no admin', async () => {
  const removal = [await removalBy(owner, brother), await removalBy(owner, cousin)]
  fc.assert(
    fc.property(someCuts(sayings, [aunt], { of: idsOf(owner, aunt, brother), from: 1 }), (cuts) => {
      expect(told(removal, cuts)).toEqual(told(removal))
    }),
  )
  expect(countsOf(fold(removal, [await cutBy(aunt, cousin, 3)]), cousin)).toBe(3)
  expect(countsOf(fold(removal, [await cutBy(aunt, brother, 3)]), brother)).toBe(Infinity)
  expect(countsOf(fold(removal, [await cutBy(owner, brother, 3)]), brother)).toBe(3)
})

test('G6: once the owner has said how much of somebody counts, nobody’s word makes it more', async () => {
  const removal = await removalBy(owner, member)
  const cut = await cutBy(owner, member, 7)
  fc.assert(
    fc.property(
      someOf(cast, [aunt, brother, member, cousin, stranger], { maxLength: 12 }),
      someJoins(cast),
      someCuts(sayings, everybody),
      (said, joins, cuts) => {
        const length = countsOf(fold([removal, cut], said, joins, cuts), member)
        expect(length).toBeLessThanOrEqual(7)
      },
    ),
  )
})

test('G6: an admin who was put out cuts nobody any more, back-dated or not', async () => {
  const removals = [await removalBy(owner, aunt), await removalBy(owner, cousin)]
  fc.assert(
    fc.property(someCuts(sayings, [aunt], { from: 0 }), (cuts) => {
      expect(told(removals, cuts)).toEqual(told(removals))
    }),
  )
})

test('G6: another device of the same account says what counts of one that was revoked, and that one itself does not', async () => {
  const phone = await addDevice(member, 55)
  const { identity } = member.keys
  const fields = { identityKey: identity.key, deviceKey: phone.device.publicKey, at: 1, accepted: 40 }
  const revocation = revocationStatement(await makeRevocation(member.keys.sign, fields))
  const known = [
    placeIn(phone.device, 0, await readSaid(cast.genesis, certificateStatement(phone.certificate))),
    { statement: await readSaid(cast.genesis, revocation) },
  ]
  expect(fold(known).uncut).toEqual([phone.device.id])
  expect(countsOf(fold(known, [await cutBy(phone, phone, 9)]), phone)).toBe(Infinity)
  expect(countsOf(fold(known, [await cutBy(cousin, phone, 9)]), phone)).toBe(Infinity)
  const cut = fold(known, [await cutBy(member, phone, 9)])
  expect([0, 1].map((page) => countsOf(cut, phone, page))).toEqual([9, 0])
  expect(cut.uncut).toEqual([])
  // The others of the account go on.
  expect(countsOf(cut, member)).toBe(Infinity)
})

// ---- as it travels

const bytesOf = (logs: readonly LogCut[], device = member.device.id) =>
  makeStatement(cast.genesis.group, owner.device, { type: 'cut', device, logs, ms: 1_700_000_000_000 })
const read = (bytes: Parameters<typeof readStatement>[1]) => readStatement(cast.genesis.group, bytes)

test('G6: a cut as it travels, frozen', async () => {
  const bytes = await bytesOf([
    { log: cutRoom, pages: [{ page: 0, length: 300 }, { page: 129, length: 1 }] }, // prettier-ignore
  ])
  expect(toHex(bytes)).toMatchInlineSnapshot(
    `"08f47c5d41e26fba63cc059e8a51a5f897d1f67ea27724588286868cb79e23e65980d095ffbc31d64f6e504275714fad5c12a1c1618df74b72b2e2df785e2e9c0ac8a5aa74e8d301041041041041041041041041041041040200ac028101012fd7c12f33a3dbe2af3bcae916f93930b18c3650353aeba03c2b513439ac725218dd5b9f0ca963e1edf14a531bb438bd3c78ab5f2d63c2e40c3d46053869b305"`,
  )
})

test('G6: a cut comes through as it was said, and cut short or with something after it is nothing', async () => {
  const page = fc.record({
    page: fc.nat(logLimits.maxPageNumber),
    length: fc.nat(logLimits.maxEntriesPerFeed),
  })
  const log = fc.constantFrom(cutRoom, 'AAAAAAAAAAAAAAAAAAAAAA' as LogId)
  const logs = fc.array(fc.record({ log, pages: fc.array(page, { maxLength: 5 }) }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(logs, async (cut) => {
      expect(await read(await bytesOf(cut))).toMatchObject({
        type: 'cut',
        device: member.device.id,
        logs: cut,
        signer: owner.device.id,
      })
    }),
    { numRuns: 40 },
  )
  const whole = await bytesOf([{ log: cutRoom, pages: [{ page: 1, length: 2 }] }])
  expect(await countTaken(truncations(whole), read)).toBe(0)
  expect(await countTaken(withLeftovers(whole), read)).toBe(0)
  expect(await countTaken(bitFlips(whole), read)).toBe(0)
})

test('G6: as much as one cut names fits into an entry', async () => {
  const pages = Array.from({ length: logLimits.maxPagesPerDigest }, (_nothing, index) => ({
    page: logLimits.maxPageNumber - index,
    length: logLimits.maxEntriesPerFeed,
  }))
  const bytes = await bytesOf([{ log: cutRoom, pages }], stranger.device.id)
  expect(bytes.length + 200).toBeLessThan(logLimits.maxEntryBytes)
  expect(await read(bytes)).toMatchObject({ logs: [{ pages }] })
})
