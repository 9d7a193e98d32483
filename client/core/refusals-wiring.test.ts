import * as encoding from 'lib0/encoding'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { copyBytes, type Bytes } from '../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../shared/identifiers.ts'
import { logLimits } from '../../shared/limits.ts'
import { encodeAppend } from './log/append-update.ts'
import { readAppends } from './log/structure.ts'
import { linkChannels, type Link } from './ports.ts'
import { encodeSyncMessage } from './sync/messages.ts'
import { createHousehold, type Household, type Member } from './testing/household.ts'

/** A program of somebody's that says what it likes, under the name of the device it runs on. */
const takeOver = async (house: Household, bob: Member, anna: Member): Promise<Link> => {
  house.cut(anna, bob)
  const network = house.hub.join(bob.id, { doc: new Y.Doc(), admit: () => Promise.resolve('known') })
  house.hub.connect(bob.id, anna.id)
  await house.clock.advance(50)
  const [link] = network.links.get()
  if (!link) throw new Error('not linked')
  return link
}

const sendEntries = (link: Link, member: Member, update: Bytes) =>
  link.send(
    linkChannels.pages,
    encodeSyncMessage({ type: 'entries', log: member.hearth.family.general, page: 0, update }),
  )

/** Everything of Bob's first page, as he would send it to somebody who has nothing. */
const pageOf = async ({ hearth }: Member): Promise<Bytes> => {
  const [update] = await hearth.logs.missing(hearth.family.general, 0, new Map())
  if (!update) throw new Error('nothing written yet')
  return update
}

const bent = (update: Bytes): Bytes => {
  const copy = update.slice()
  const at = copy.length - 3
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

const three = async () => {
  const house = createHousehold()
  const [anna, bob, carla] = [await house.move('Anna'), await house.move('Bob'), await house.move('Carla')]
  await house.connect(anna, bob, carla)
  // The newcomers' epochs are made, and made known.
  await house.clock.advance(5_000)
  return { house, anna, bob, carla }
}

test('P3: a forged page update ends up in the list of who refused it, with device and reason, and honest sync goes on', async () => {
  const { house, anna, bob, carla } = await three()
  expect(anna.hearth.refusals.get()).toEqual([])
  const link = await takeOver(house, bob, anna)
  house.cut(bob, carla)
  bob.say('honest')
  await house.clock.advance(50)
  const honest = await pageOf(bob)
  const told: number[] = []
  anna.hearth.refusals.subscribe((things) => told.push(things.length))

  const sentMs = house.clock.now()
  sendEntries(link, anna, bent(honest))
  await house.clock.advance(50)
  expect(anna.hearth.refusals.get()).toMatchObject([
    {
      latestMs: sentMs + 1,
      count: 1,
      from: { person: { name: 'Bob' }, deviceName: 'device 2' },
      about: { type: 'room', name: 'general' },
      why: 'badSignature',
    },
  ])
  expect(told).toEqual([1])
  expect(await anna.lines()).not.toContain('Bob: honest')

  sendEntries(link, anna, honest)
  carla.say('still here')
  await house.clock.advance(50)
  expect(await anna.lines()).toEqual(expect.arrayContaining(['Bob: honest', 'Carla: still here']))
  expect(anna.hearth.refusals.get()).toHaveLength(1)
  expect(carla.hearth.refusals.get(), 'Anna passes on nothing that she refuses').toEqual([])
})

test('P2: whoever begins the feed of another is named, not the other', async () => {
  const { house, anna, bob } = await three()
  const link = await takeOver(house, bob, anna)
  bob.say('mine')
  await house.clock.advance(50)
  const appends = readAppends(await pageOf(bob), () => 0, 0)
  const elements = appends.ok ? (appends.value[0]?.elements ?? []) : []
  sendEntries(link, anna, encodeAppend(1234567, 0, elements))
  link.send(linkChannels.pages, new Uint8Array([99]))
  await house.clock.advance(50)
  expect(anna.hearth.refusals.get()).toMatchObject([
    { from: { person: { name: 'Bob' } }, about: { type: 'sync' }, why: 'notASyncMessage' },
    { from: { person: { name: 'Bob' } }, about: { type: 'room' }, why: 'wrongKey' },
  ])
})

test('L7: after some refusals the Link is closed, and what was refused stays in the list', async () => {
  const { house, anna, bob } = await three()
  const link = await takeOver(house, bob, anna)
  for (let i = 0; i < logLimits.refusalsTolerated; i++) link.send(linkChannels.pages, new Uint8Array([99]))
  await house.clock.advance(50)
  expect(link.isOpen).toBe(false)
  expect(anna.hearth.refusals.get()).toMatchObject([{ count: logLimits.refusalsTolerated }])
})

test('P3: what would erase the family document is refused and listed', async () => {
  const { house, anna, bob } = await three()
  const link = await takeOver(house, bob, anna)
  const doc = new Y.Doc()
  const list = doc.getArray('list')
  list.insert(0, ['a', 'b'])
  list.delete(0, 1)
  const message = encoding.createEncoder()
  syncProtocol.writeUpdate(message, Y.encodeStateAsUpdate(doc))
  link.send(linkChannels.family, copyBytes(encoding.toUint8Array(message)))
  await house.clock.advance(50)
  expect(anna.hearth.refusals.get()).toMatchObject([
    { from: { person: { name: 'Bob' } }, about: { type: 'family' }, why: 'deletes' },
  ])
})

test('L3: who was not let in is listed, by name as soon as there is one', async () => {
  const { house, anna, bob } = await three()
  const stranger = 'S'.repeat(43) as DeviceId
  house.hub.refuse(anna.id, { device: stranger, about: { type: 'door' }, why: 'notOfThisFamily' })
  house.hub.refuse(anna.id, { device: bob.id, about: { type: 'door' }, why: 'notItself' })
  const [ofBob, ofStranger] = anna.hearth.refusals.get()
  expect(ofBob).toMatchObject({ from: { person: { name: 'Bob' } }, why: 'notItself' })
  expect(ofStranger).toMatchObject({ from: undefined, about: { type: 'door' }, why: 'notOfThisFamily' })
})

test('names are those of the moment at which somebody looks', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  house.hub.refuse(anna.id, { device: bob.id, about: { type: 'link' }, why: 'badFrame' })
  let seen = anna.hearth.refusals.get()
  anna.hearth.refusals.subscribe((things) => (seen = things))
  expect(seen).toMatchObject([{ from: undefined }])
  await house.connect(anna, bob)
  expect(seen).toMatchObject([{ from: { person: { name: 'Bob' } } }])
})
