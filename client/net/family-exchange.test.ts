import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { afterEach, expect, test } from 'vitest'
import type { DeviceId } from '../../shared/identifiers.ts'
import { familyLimits } from '../../shared/limits.ts'
import { linkChannels, type LogId } from '../core/ports.ts'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import { encodeAwareness, encodeUpdate } from './family-message.ts'
import { createFamilyDevice, linkDevices, type FamilyDevice } from './testing/family-device.ts'

const clock = createFakeClock()
/** Everything here happens in promises, without crypto or timers: some rounds of the event loop see it through. */
const settle = async (): Promise<void> => {
  for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve))
}
let devices: FamilyDevice[] = []

const create = async (...letters: string[]): Promise<FamilyDevice[]> => {
  devices = await Promise.all(letters.map((letter) => createFamilyDevice(letter, clock)))
  return devices
}
const createTwo = async (): Promise<[FamilyDevice, FamilyDevice]> => {
  const [anna, bert] = await create('A', 'B')
  return [anna!, bert!]
}
const createThree = async (): Promise<[FamilyDevice, FamilyDevice, FamilyDevice]> => {
  const [anna, bert, cleo] = await create('A', 'B', 'C')
  return [anna!, bert!, cleo!]
}
const write = (device: FamilyDevice, key: string, value: string) =>
  device.doc.getMap('family').set(key, value)
const read = (device: FamilyDevice, key: string) => device.doc.getMap('family').get(key)
const updates = (sent: readonly Uint8Array[]) =>
  sent.filter(([type, sync]) => type === 0 && sync === 2).length

afterEach(() => {
  for (const { exchange, bugs } of devices) {
    exchange.destroy()
    expect(bugs).toEqual([])
  }
})

test('two devices bring their family documents together, also one too large for a data channel', async () => {
  const [anna, bert] = await createTwo()
  write(anna, 'big', 'x'.repeat(400_000))
  write(bert, 'from', 'bert')
  await linkDevices(anna, bert)
  await settle()
  expect(read(bert, 'big')).toHaveLength(400_000)
  expect(read(anna, 'from')).toBe('bert')
  write(anna, 'later', 'yes')
  await settle()
  expect(read(bert, 'later')).toBe('yes')
})

test('Y3: a change crosses a gap in the mesh, and does not go where it has gone already', async () => {
  const [anna, bert, cleo] = await createThree()
  await linkDevices(anna, bert)
  const [bertToCleo] = await linkDevices(bert, cleo)
  await settle()
  write(anna, 'note', 'over bert')
  await settle()
  expect(read(cleo, 'note')).toBe('over bert')

  await linkDevices(anna, cleo)
  await settle()
  const before = updates(bertToCleo.sent)
  write(anna, 'note', 'straight')
  await settle()
  expect(read(cleo, 'note')).toBe('straight')
  expect(updates(bertToCleo.sent)).toBe(before)
})

test('who is linked to whom is told by each device for itself', async () => {
  const [anna, bert, cleo] = await createThree()
  await linkDevices(anna, bert)
  await linkDevices(anna, cleo)
  await settle()
  expect(anna.exchange.areLinked(bert.id, cleo.id)).toBe(false)
  const [bertEnd] = await linkDevices(bert, cleo)
  await settle()
  expect(anna.exchange.areLinked(bert.id, cleo.id)).toBe(true)
  bertEnd.close({ type: 'closedHere', why: 'test' })
  await settle()
  expect(anna.exchange.areLinked(bert.id, cleo.id)).toBe(false)
})

test('presence is seen, changes, and goes with the Link; a reloaded device is seen again', async () => {
  const room = 'r'.repeat(22) as LogId
  const [anna, bert] = await createTwo()
  const [annaEnd] = await linkDevices(anna, bert)
  for (let i = 0; i < 5; i++) bert.exchange.setPresence({ typingIn: room })
  await settle()
  expect(anna.exchange.presence.get().get(bert.id)).toEqual({ typingIn: room })
  bert.exchange.setPresence({})
  await settle()
  expect(anna.exchange.presence.get().get(bert.id)).toEqual({})
  annaEnd.close({ type: 'dead' })
  expect(anna.exchange.presence.get().size).toBe(0)

  const reloaded = await createFamilyDevice('B', clock)
  await linkDevices(anna, reloaded)
  await settle()
  expect(anna.exchange.presence.get().get(bert.id)).toEqual({})
  reloaded.exchange.destroy()
})

test('L3: a second Link of a device takes the place of the first, whose end then changes nothing', async () => {
  const [anna, bert] = await createTwo()
  const [firstEnd] = await linkDevices(anna, bert)
  await linkDevices(anna, bert)
  firstEnd.close({ type: 'replaced' })
  await settle()
  expect(anna.exchange.presence.get().has(bert.id)).toBe(true)
  write(anna, 'still', 'here')
  await settle()
  expect(read(bert, 'still')).toBe('here')
})

test('an update that the core refuses does not reach the document, and three close the Link', async () => {
  const [anna, bert] = await createTwo()
  const [annaEnd] = await linkDevices(anna, bert)
  await settle()
  anna.verdict = () => Promise.resolve('refused')
  for (let i = 0; i < familyLimits.maxRefusals; i++) write(bert, `bad ${i}`, 'x')
  await settle()
  expect(read(anna, 'bad 0')).toBeUndefined()
  expect(annaEnd.closedBecause?.type).toBe('refused')
})

test('a gap is asked about once, and what was missing then comes', async () => {
  const [anna, bert] = await createTwo()
  const [annaEnd] = await linkDevices(anna, bert)
  await settle()
  let gaps = 2
  anna.verdict = () => Promise.resolve(gaps-- > 0 ? 'gap' : 'admitted')
  const asksBefore = annaEnd.sent.filter(([type, sync]) => type === 0 && sync === 0).length
  write(bert, 'one', '1')
  write(bert, 'two', '2')
  await settle()
  expect(annaEnd.sent.filter(([type, sync]) => type === 0 && sync === 0)).toHaveLength(asksBefore + 1)
  expect([read(anna, 'one'), read(anna, 'two')]).toEqual(['1', '2'])
})

test('a gap that remains in the answer to a question is refused, and noted', async () => {
  const [anna, bert] = await createTwo()
  const [annaEnd] = await linkDevices(anna, bert)
  await settle()
  anna.verdict = () => Promise.resolve('gap')
  write(bert, 'one', '1')
  await settle()
  expect(annaEnd.isOpen).toBe(true)
  expect(anna.refusals).toEqual([{ device: bert.id, about: { type: 'family' }, why: 'gapRemains' }])
})

test('the core is told whose update it judges', async () => {
  const [anna, bert] = await createTwo()
  await linkDevices(anna, bert)
  const judged = new Set<DeviceId>()
  anna.verdict = (_update, from) => {
    judged.add(from)
    return Promise.resolve('admitted')
  }
  write(bert, 'one', '1')
  await settle()
  expect([...judged]).toEqual([bert.id])
})

test('never two judgements at once, and each Link’s messages in order', async () => {
  const [anna, bert, cleo] = await createThree()
  await linkDevices(anna, bert)
  await linkDevices(anna, cleo)
  await settle()
  let atOnce = 0
  let most = 0
  anna.verdict = async () => {
    most = Math.max(most, ++atOnce)
    await Promise.resolve()
    await Promise.resolve()
    atOnce--
    return 'admitted'
  }
  for (let i = 0; i < 10; i++) {
    write(bert, 'b', `${i}`)
    write(cleo, 'c', `${i}`)
  }
  await settle()
  expect(most).toBe(1)
  expect([read(anna, 'b'), read(anna, 'c')]).toEqual(['9', '9'])
})

const foreignState = (device: FamilyDevice, feed: number) => {
  const doc = new Y.Doc()
  doc.clientID = feed
  const awareness = new Awareness(doc)
  awareness.setLocalState({ device: device.id, linkedTo: [] })
  const message = encodeAwareness(encodeAwarenessUpdate(awareness, [feed]))
  awareness.destroy()
  return message
}

test('L2: a device cannot speak for another', async () => {
  const [anna, bert, cleo] = await createThree()
  const [, bertEnd] = await linkDevices(anna, bert)
  await linkDevices(anna, cleo)
  await settle()
  cleo.exchange.setPresence({ typingIn: 'r'.repeat(22) as LogId })
  await settle()
  bertEnd.send(linkChannels.family, foreignState(cleo, cleo.feed))
  bertEnd.send(linkChannels.family, foreignState(cleo, bert.feed))
  await settle()
  expect(anna.exchange.presence.get().get(cleo.id)).toEqual({ typingIn: 'r'.repeat(22) })
  expect(anna.exchange.presence.get().get(bert.id)).toEqual({})
})

const encoded = (...numbers: number[]) =>
  encoding.encode((encoder) => {
    for (const number of numbers) encoding.writeVarUint(encoder, number)
  })

test.each([
  ['nothing', new Uint8Array(0)],
  ['y-webrtc’s message to other tabs', encoded(4, 1, 0)],
  ['an unknown type', encoded(9)],
  ['an unknown step', encoded(0, 7, 0)],
  ['an update that ends early', encodeUpdate(new Uint8Array(100)).slice(0, 50)],
  ['an update with leftovers', new Uint8Array([...encodeUpdate(new Uint8Array([0, 0])), 1])],
  ['a state vector that is none', encoded(0, 0, 1, 255)],
  ['a query with more behind it', encoded(3, 1)],
])('L2: %s is refused', async (_what, message) => {
  const [anna, bert] = await createTwo()
  const [annaEnd, bertEnd] = await linkDevices(anna, bert)
  await settle()
  for (let i = 0; i < familyLimits.maxRefusals; i++) bertEnd.send(linkChannels.family, message)
  await settle()
  expect(annaEnd.closedBecause?.type).toBe('refused')
  const refusal = { device: bert.id, about: { type: 'family' }, why: 'notAFamilyMessage' }
  expect(anna.refusals).toEqual(Array.from({ length: familyLimits.maxRefusals }, () => refusal))
})

test('the core’s error ends one message, not the Link', async () => {
  const [anna, bert] = await createTwo()
  const [annaEnd] = await linkDevices(anna, bert)
  await settle()
  anna.verdict = () => Promise.reject(new Error('a bug'))
  write(bert, 'one', '1')
  await settle()
  expect(anna.bugs.splice(0)).toHaveLength(1)
  anna.verdict = () => Promise.resolve('admitted')
  anna.exchange.ask(bert.id)
  await settle()
  expect(annaEnd.isOpen).toBe(true)
  expect(read(anna, 'one')).toBe('1')
})

test('asking somebody who is not linked does nothing', async () => {
  const [anna] = await createTwo()
  anna.exchange.ask('Z'.repeat(43) as DeviceId)
})
