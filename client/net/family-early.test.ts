import * as Y from 'yjs'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { copyBytes, type Bytes } from '../../shared/crypto/bytes.ts'
import { familyLimits } from '../../shared/limits.ts'
import { ok } from '../../shared/result.ts'
import { openFamily, type Family } from '../core/group/family.ts'
import type { Genesis } from '../core/group/genesis.ts'
import { certificateStatement } from '../core/group/statements.ts'
import { entryKinds } from '../core/log/entry.ts'
import { createHybridClock } from '../core/log/hybrid-clock.ts'
import { linkChannels } from '../core/ports.ts'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import { createMemoryStore } from '../core/testing/memory-store.ts'
import {
  addDevice,
  createRelative,
  foundFamily,
  inviteRelative,
  type Relative,
} from '../core/testing/relatives.ts'
import { createSeededRandom } from '../core/testing/seeded-random.ts'
import { encodeUpdate } from './family-message.ts'
import { createFamilyDevice, linkDevices, type FamilyDevice } from './testing/family-device.ts'

const clock = createFakeClock()
let genesis: Genesis
let owner: Relative
let aunt: Relative
let cleo: Relative
let devices: FamilyDevice[] = []

beforeAll(async () => {
  ;[owner, aunt, cleo] = (await Promise.all([1, 2, 3].map(createRelative))) as [Relative, Relative, Relative]
  genesis = await foundFamily(owner)
})
beforeEach(() => {
  devices = []
})
afterEach(() => {
  for (const { exchange, bugs } of devices) {
    exchange.destroy()
    expect(bugs).toEqual([])
  }
})

/** A core's family document behind the real gate and the real y-webrtc. */
interface Relation extends FamilyDevice {
  family: Family
  refused: string[]
}

const openCore = async (
  { device, certificate }: Pick<Relative, 'device' | 'certificate'>,
  known: readonly Bytes[] = [],
  onRefusal?: (why: string) => void,
): Promise<Family> => {
  const opened = await openFamily({
    genesis,
    device,
    certificate,
    known,
    store: createMemoryStore(),
    documentStore: { load: () => Promise.resolve(ok(undefined)), close: () => Promise.resolve() },
    epochs: [],
    time: createHybridClock(clock),
    clock,
    random: createSeededRandom(device.feed % 1_000),
    onRefusal: (_device, { type }) => onRefusal?.(type),
  })
  if (!opened.ok) throw new Error(opened.problem.type)
  return opened.value
}

const open = async (
  letter: string,
  who: Pick<Relative, 'device' | 'certificate'>,
  known: readonly Bytes[] = [],
): Promise<Relation> => {
  const refused: string[] = []
  const family = await openCore(who, known, (why) => refused.push(why))
  const admit: FamilyDevice['verdict'] = async (update, from) => {
    const verdict = await family.admit(update, from)
    return verdict === 'known' ? 'admitted' : verdict
  }
  const made = await createFamilyDevice(letter, clock, { id: who.device.id, doc: family.doc, admit })
  // As the core does when it hears of more devices.
  family.state.subscribe(() => {
    for (const of of family.takeEarlySenders()) made.exchange.ask(of)
  })
  devices.push(made)
  return Object.assign(made, { family, refused })
}

/** Until nothing happens any more: crypto takes some rounds of the event loop. */
const settle = async (): Promise<void> => {
  for (let quiet = 0, before = ''; quiet < 12;) {
    for (let round = 0; round < 10; round++) await new Promise((resolve) => setImmediate(resolve))
    for (const one of devices) await (one as Relation).family.settle()
    const now = devices.map(({ doc }) => Y.encodeStateVector(doc).join()).join(' ')
    quiet = now === before ? quiet + 1 : 0
    before = now
  }
}
const lengthIn = ({ doc }: FamilyDevice, { device }: Pick<Relative, 'device'>) =>
  doc.getArray(String(device.feed)).length
const say = ({ family }: Relation, statement: Bytes) =>
  family.write({ kind: entryKinds.statement, statement })

test('P3: a newcomer whose certificate and invitation come late, by another device, is in at the end', async () => {
  const anna = await open('A', owner)
  await anna.family.announce()
  // Cleo has said whose her device is; that the aunt invited her, and that she came, stands with the aunt alone.
  const newcomer = await open('C', cleo)
  await newcomer.family.announce()
  const toAunt = await inviteRelative(genesis, owner, aunt, { role: 'admin', seed: 5 })
  const toCleo = await inviteRelative(genesis, aunt, cleo, { seed: 6 })
  const inviter = await open('B', aunt, toAunt.statements)
  await inviter.family.announce()
  for (const statement of [toCleo.invitation, toCleo.join]) await say(inviter, statement)

  const ends = await linkDevices(anna, newcomer)
  await settle()
  // What she says meanwhile comes early, too, or follows what was not kept.
  await say(newcomer, certificateStatement(owner.certificate))
  await settle()
  expect(lengthIn(anna, cleo)).toBe(0)
  ends.push(...(await linkDevices(anna, inviter)))
  await settle()
  expect(lengthIn(anna, cleo)).toBe(2)
  expect(lengthIn(inviter, cleo)).toBe(2)
  expect(anna.family.standingOf(cleo.device.id)).toBe('member')
  expect(newcomer.family.state.get().membership.members.has(cleo.account)).toBe(true)
  expect(ends.every(({ isOpen }) => isOpen)).toBe(true)
  expect([anna, newcomer, inviter].flatMap(({ refused, refusals }) => [...refused, ...refusals])).toEqual([])
})

test('P3: a newcomer who says piece by piece why they are in is in at the end', async () => {
  const anna = await open('A', owner)
  const newcomer = await open('C', cleo)
  const ends = await linkDevices(anna, newcomer)
  await settle()
  const { statements } = await inviteRelative(genesis, owner, cleo, { seed: 6 })
  for (const statement of [...statements, certificateStatement(cleo.certificate)]) {
    await say(newcomer, statement)
    await settle()
  }
  expect(lengthIn(anna, cleo)).toBe(statements.length + 1)
  expect(anna.family.standingOf(cleo.device.id)).toBe('member')
  expect(ends.every(({ isOpen }) => isOpen)).toBe(true)
  expect(anna.refused).toEqual([])
})

test('P3: what one device carries of strangers stands between no two others', async () => {
  const [anna, newcomer] = [
    await open('A', owner),
    await open('C', cleo, (await inviteRelative(genesis, owner, cleo, { seed: 6 })).statements),
  ]
  await anna.family.announce()
  const someone = await createRelative(99)
  const stranger = await openCore(someone)
  await stranger.announce()
  // As a document from before may.
  Y.applyUpdate(anna.doc, Y.encodeStateAsUpdate(stranger.doc), 'own')
  await newcomer.family.announce()
  const ends = await linkDevices(anna, newcomer)
  await settle()
  await say(anna, certificateStatement(cleo.certificate))
  await say(newcomer, certificateStatement(owner.certificate))
  await settle()
  for (let asked = 0; asked < familyLimits.earlyTolerated - 2; asked++) {
    newcomer.exchange.ask(anna.id)
    await settle()
  }
  expect([lengthIn(newcomer, owner), lengthIn(anna, cleo)]).toEqual([
    lengthIn(anna, owner),
    lengthIn(newcomer, cleo),
  ])
  expect(lengthIn(anna, owner)).toBe(2)
  expect([...Y.decodeStateVector(Y.encodeStateVector(newcomer.doc)).keys()]).not.toContain(
    someone.device.feed,
  )
  expect(ends.every(({ isOpen }) => isOpen)).toBe(true)
  expect(newcomer.refused).toEqual([])
})

test('P3: who goes on sending feeds of strangers is put out, and nothing of them is kept', async () => {
  const [anna, mallory] = [
    await open('A', owner),
    await open('M', cleo, (await inviteRelative(genesis, owner, cleo, { seed: 6 })).statements),
  ]
  await mallory.family.announce()
  const [annaEnd, malloryEnd] = await linkDevices(anna, mallory)
  await settle()
  const vector = () => Y.encodeStateVector(anna.doc)
  const before = vector()
  for (let seed = 0; annaEnd.isOpen && seed < 60; seed++) {
    const stranger = await openCore(await addDevice(await createRelative(200), 300 + seed))
    await stranger.announce()
    malloryEnd.send(linkChannels.family, encodeUpdate(copyBytes(Y.encodeStateAsUpdate(stranger.doc))))
    await anna.family.settle()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await settle()
  expect(annaEnd.closedBecause?.type).toBe('refused')
  expect(anna.refused).toEqual(Array.from({ length: familyLimits.maxRefusals }, () => 'ofStrangers'))
  expect(vector()).toEqual(before)
})
