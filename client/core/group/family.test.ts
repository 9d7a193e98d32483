import * as Y from 'yjs'
import { beforeAll, expect, test } from 'vitest'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { ok } from '../../../shared/result.ts'
import { entryKinds } from '../log/entry.ts'
import { createHybridClock } from '../log/hybrid-clock.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import {
  addDevice,
  certifyDevice,
  createRelative,
  foundFamily,
  inviteRelative,
  type Relative,
} from '../testing/relatives.ts'
import { openFamily, type Family } from './family.ts'
import type { Genesis } from './genesis.ts'
import { certificateStatement, makeStatement } from './statements.ts'

let genesis: Genesis
let owner: Relative
let member: Relative
/** What the member brings along from their invitation. */
let known: readonly Bytes[]

beforeAll(async () => {
  owner = await createRelative(1)
  member = await createRelative(2)
  genesis = await foundFamily(owner)
  known = (await inviteRelative(genesis, owner, member)).statements
})

const open = async (
  { device, certificate }: Pick<Relative, 'device' | 'certificate'>,
  more: readonly Bytes[] = [],
  store = createMemoryStore(),
  epochs: readonly Bytes[] = [],
): Promise<Family> => {
  const opened = await openFamily({
    genesis,
    device,
    certificate,
    known: more,
    store,
    documentStore: { load: () => Promise.resolve(ok(undefined)), close: () => Promise.resolve() },
    epochs,
    time: createHybridClock(createFakeClock()),
    clock: createFakeClock(),
    random: createSeededRandom(device.feed % 1_000),
  })
  if (!opened.ok) throw new Error(opened.problem.type)
  return opened.value
}
const documentOf = ({ doc }: Family): Bytes => copyBytes(Y.encodeStateAsUpdate(doc))
const entriesOf = ({ doc }: Family, { device }: Pick<Relative, 'device'>): number =>
  doc.getArray(String(device.feed)).length
const rolesIn = (family: Family) =>
  [owner, member].map(({ account }) => family.state.get().membership.members.get(account)?.role)
const name = (text: string) =>
  ({ kind: entryKinds.profile, name: text, status: '', picture: new Uint8Array(0) }) as const

test('A8: a newcomer is of the family at once, with nobody else there', async () => {
  expect(rolesIn(await open(member, known))).toEqual(['owner', 'member'])
  expect(rolesIn(await open(member))).toEqual([undefined, undefined])
})

test('L3: a newcomer writes down what their membership rests on, once', async () => {
  const store = createMemoryStore()
  const family = await open(member, [...known, ...known], store)
  await family.announce()
  await family.announce()
  expect(entriesOf(family, member)).toBe(4)
  const again = await open(member, known, store.crash())
  await again.announce()
  expect(entriesOf(again, member)).toBe(4)

  // Whoever has this document alone knows them, and where they stand.
  const other = await open(owner)
  await other.take(documentOf(family))
  expect(rolesIn(other)).toEqual(['owner', 'member'])
  expect(other.standingOf(member.device.id)).toBe('member')
})

test('L3: what the document holds already is not written again, but for one’s own certificate', async () => {
  const first = await open(owner)
  await first.announce()
  const invitation = known[0]!
  await first.write({ kind: entryKinds.statement, statement: invitation })
  await first.write({ kind: entryKinds.statement, statement: certificateStatement(member.certificate) })
  const newcomer = await open(member, known)
  await newcomer.take(documentOf(first))
  await newcomer.announce()
  expect(entriesOf(newcomer, member)).toBe(2) // join and certificate
})

test('L3: the credential lets in whoever shows it where nobody knows them', async () => {
  const newcomer = await open(member, known)
  const stranger = await createRelative(3)
  const alone = await open(owner)
  const credential = newcomer.credential()
  expect(alone.standingOf(member.device.id)).toBe('unknown')
  expect(await alone.checkCredential(member.device.id, credential)).toBe('member')
  expect(await alone.checkCredential(stranger.device.id, credential)).toBe('notOfThisFamily')
  expect(await alone.checkCredential(stranger.device.id, (await open(stranger)).credential())).toBe(
    'notOfThisFamily',
  )
})

test('P3: a document that anybody changed is not taken', async () => {
  const first = await open(owner)
  await first.announce()
  await first.write(name('Anna'))
  const epochs = await first.keys.secrets()
  const whole = documentOf(first)
  for (let at = 5; at < whole.length; at += 11) {
    const broken = new Uint8Array(whole)
    broken[at]! ^= 1
    const newcomer = await open(member, known, createMemoryStore(), epochs)
    await newcomer.take(broken)
    expect([0, 3]).toContain(entriesOf(newcomer, owner)) // a bit of Yjs's own may mean the same
    const said = newcomer.state.get().profiles.get(owner.account)?.givenName
    expect([undefined, 'Anna']).toContain(said)
  }
  const newcomer = await open(member, known, createMemoryStore(), epochs)
  await newcomer.take(whole)
  expect(newcomer.state.get().profiles.get(owner.account)?.givenName).toBe('Anna')
})

test('A8: what was taken goes on: the next update follows it without a gap', async () => {
  const first = await open(owner)
  await first.announce()
  const newcomer = await open(member, known)
  await newcomer.take(documentOf(first))
  await first.write(name('Anna'))
  expect(await newcomer.admit(documentOf(first))).toBe('admitted')
  // Nothing is taken twice, and an earlier state changes nothing.
  await newcomer.take(documentOf(newcomer))
  expect(entriesOf(newcomer, owner)).toBe(1)
})

test('G6: what was seen of somebody’s devices is what counts of them, longest first', async () => {
  const phone = await addDevice(member, 40)
  const silent = await addDevice(member, 41)
  const onPhone = await open(phone, known)
  const atHome = await open(member, [...known, certificateStatement(silent.certificate)])
  await atHome.announce()
  await onPhone.announce()
  await onPhone.write(name('Bobby'))
  await onPhone.write(name('Bob'))
  const family = await open(owner)
  await family.take(documentOf(atHome))
  await family.take(documentOf(onPhone))
  const cuts = [
    { device: phone.device.id, length: 7 },
    { device: member.device.id, length: 5 },
  ]
  expect(family.cutsOf(member.account)).toEqual(cuts)
  expect(family.cutsOf(owner.account)).toEqual([])

  // Removed with these, they keep their name, and can change it no more.
  const removal = { type: 'removal', account: member.account, cuts, ms: 9 } as const
  const statement = await makeStatement(genesis.group, owner.device, removal)
  await family.write({ kind: entryKinds.statement, statement })
  await onPhone.write(name('Robert'))
  await family.take(documentOf(onPhone))
  const state = family.state.get()
  expect(state.membership.members.get(member.account)?.isRemoved).toBe(true)
  expect(state.profiles.get(member.account)?.givenName).toBe('Bob')
  expect(family.standingOf(phone.device.id)).toBe('notOfThisFamily')
})

test('L3: a device stands by what is known now, whoever has claimed it', async () => {
  const thief = await createRelative(4)
  const joining = (await inviteRelative(genesis, owner, thief, { seed: 9 })).statements
  const theirs = await open(thief, joining)
  await theirs.announce()
  const claim = certificateStatement(await certifyDevice(thief.keys, member.device, 'mine', 0))
  await theirs.write({ kind: entryKinds.statement, statement: claim })
  const family = await open(owner)
  await family.take(documentOf(theirs))
  // In the document it is the thief's, as the device itself has said nothing there; in its own handshake it is the member's.
  const newcomer = await open(member, known)
  expect(await family.checkCredential(member.device.id, newcomer.credential())).toBe('member')
  await newcomer.announce()
  await family.take(documentOf(newcomer))
  expect(family.state.get().membership.accountOf(member.device.id)).toBe(member.account)
})
