import { beforeAll, expect, test } from 'vitest'
import { makeRevocation } from '../../../shared/certificate.ts'
import { accountLimits, groupLimits } from '../../../shared/limits.ts'
import {
  addDevice,
  createRelative,
  foundFamily,
  inviteRelative,
  placeIn,
  readSaid,
  say,
  type Relative,
} from '../testing/relatives.ts'
import { parseRekey, hashDeparted, makeRekey, openEpoch, recipientIdOf } from './rekey.ts'
import type { Genesis } from './genesis.ts'
import { foldMembership, type PlacedStatement } from './membership.ts'
import { departedOf, departedOfGroup, recipientsOf } from './recipients.ts'
import { certificateStatement, revocationStatement } from './statements.ts'

let genesis: Genesis
let owner: Relative
let member: Relative
let phone: Awaited<ReturnType<typeof addDevice>>
let family: PlacedStatement[]

const certificateOf = async ({ device, certificate }: Pick<Relative, 'device' | 'certificate'>) =>
  placeIn(device, 0, await readSaid(genesis, certificateStatement(certificate)))
const revocationOf = async ({ keys }: Relative, device: Relative['device']): Promise<PlacedStatement> => {
  const fields = { identityKey: keys.identity.key, deviceKey: device.publicKey, at: 1, accepted: 9 }
  return { statement: await readSaid(genesis, revocationStatement(await makeRevocation(keys.sign, fields))) }
}
const removalOf = async ({ account }: Relative) =>
  placeIn(owner.device, 9, await say(genesis, owner.device, { type: 'removal', account, cuts: [], ms: 9 }))
const fold = (...more: PlacedStatement[]) => foldMembership(genesis, [...family, ...more])
const idsOf = (...more: PlacedStatement[]) => recipientsOf(fold(...more)).map(({ id }) => id)
const named = (...ids: string[]) => ids.map(recipientIdOf)

beforeAll(async () => {
  owner = await createRelative(1)
  member = await createRelative(2)
  genesis = await foundFamily(owner)
  phone = await addDevice(member, 40, 5)
  const invited = await inviteRelative(genesis, owner, member)
  family = [await certificateOf(owner), await certificateOf(member), await certificateOf(phone)]
  for (const bytes of invited.statements) family.push({ statement: await readSaid(genesis, bytes) })
})

test('G3: an epoch goes to every device and every account, not to what is revoked or removed', async () => {
  const ofOwner = [owner.account, owner.device.id]
  expect(idsOf()).toEqual(named(...ofOwner, member.account, member.device.id, phone.device.id))
  expect(idsOf(await revocationOf(member, phone.device))).toEqual(
    named(...ofOwner, member.account, member.device.id),
  )
  expect(idsOf(await removalOf(member))).toEqual(named(...ofOwner))
})

test('G3: the keys it is wrapped to are those of the certificates', () => {
  const kems = new Map(recipientsOf(fold()).map(({ id, kem }) => [id, kem]))
  expect(kems.get(recipientIdOf(member.account))).toEqual(member.keys.identity.kem)
  expect(kems.get(recipientIdOf(phone.device.id))).toEqual(phone.device.kem.publicKey)
})

test('G3: of a private group only whoever is in it gets its epochs', () => {
  const ids = recipientsOf(fold(), (account) => account === member.account).map(({ id }) => id)
  expect(ids).toEqual(named(member.account, member.device.id, phone.device.id))
})

test('G3: whoever certifies a thousand devices spoils nobody’s rekey', async () => {
  // Signed by no one: what is counted here has long been verified.
  const many = Array.from({ length: 1_000 }, (_nothing, index): PlacedStatement => {
    const [first] = family
    if (first?.statement.type !== 'certificate') throw new Error('no certificate')
    const { certificate } = first.statement
    const device = `${String(index).padStart(4, '0')}${'A'.repeat(39)}` as typeof certificate.device
    const statement = { ...first.statement, id: device }
    return {
      statement: { ...statement, certificate: { ...certificate, device, identity: member.keys.identity } },
    }
  })
  const recipients = recipientsOf(fold(...many))
  expect(recipients).toHaveLength(2 + 1 + accountLimits.maxDevices)
  expect(recipients.length).toBeLessThan(groupLimits.maxRecipients)
  const wish = { recipients, departed: await hashDeparted([]), before: [] }
  const epoch = await openEpoch(new Uint8Array(32))
  const rekey = await makeRekey(genesis.group, epoch, wish, { bytes: (count) => new Uint8Array(count) })
  expect(parseRekey(rekey)?.boxes.size).toBe(recipients.length)
})

test('G5: who is removed, what is revoked and which invitation was withdrawn, each is one of the departed', async () => {
  expect(departedOf(fold())).toEqual([])
  expect(departedOf(fold(await revocationOf(member, phone.device)))).toEqual([phone.device.id])
  // The devices of who is removed say nothing more of it: they could certify others without end.
  expect(departedOf(fold(await removalOf(member), await revocationOf(member, phone.device)))).toEqual([
    member.account,
  ])
  const [{ key } = { key: undefined }] = fold().openInvitations
  if (!key) throw new Error('no invitation')
  const withdrawal = { type: 'withdrawal', key, joined: [member.account], ms: 9 } as const
  const withdrawn = placeIn(owner.device, 9, await say(genesis, owner.device, withdrawal))
  expect(departedOf(fold(withdrawn))).toEqual([key])
})

test('G5: of a private group, who was in it and is not now', () => {
  const membership = fold()
  const everybody = () => true
  const is = (who: Relative) => (account: string) => account === who.account
  expect(departedOfGroup(membership, everybody, everybody)).toEqual([])
  expect(departedOfGroup(membership, is(owner), everybody)).toEqual([member.account])
  expect(departedOfGroup(membership, is(owner), is(owner))).toEqual([])
})
