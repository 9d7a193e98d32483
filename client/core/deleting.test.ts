import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { logLimits, retentionLimits } from '../../shared/limits.ts'
import { encodeAppend } from './log/append-update.ts'
import { encodeElement, entryKinds, parseElement, toHusk } from './log/entry.ts'
import { createHousehold, type Member } from './testing/household.ts'

const day = 24 * 60 * 60 * 1000

/** As the screen does: by what it shows. */
const erase = async (member: Member, text: string, room = member.hearth.family.general) => {
  const timeline = member.hearth.openTimeline(room)
  await member.hearth.whenShown()
  const item = timeline.view.get().items.find((one) => one.type === 'message' && one.text === text)
  if (item?.type !== 'message') throw new Error(`${member.name} does not see ${text}`)
  return { may: item.mayErase, outcome: await timeline.erase(item.key) }
}
const settle = (house: ReturnType<typeof createHousehold>) => house.clock.advance(50)

test('P4: what one deletes for everyone goes from every screen, at once and after meeting again', async () => {
  const house = createHousehold()
  const [anna, bob, carla] = [await house.move('Anna'), await house.move('Bob'), await house.move('Carla')]
  await house.connect(anna, bob, carla)
  anna.say('too much said')
  bob.say('what?')
  await settle(house)
  expect(await carla.lines()).toContain('Anna: too much said')
  house.cut(anna, carla)
  house.cut(bob, carla)
  expect(await erase(anna, 'too much said')).toEqual({ may: true, outcome: { ok: true, value: undefined } })
  await settle(house)
  const told = 'Anna erased what Anna said'
  expect((await anna.lines()).slice(-2)).toEqual([told, 'Bob: what?'])
  expect(await bob.lines()).toEqual(await anna.lines())
  expect(await carla.lines()).toContain('Anna: too much said')
  await house.connect(bob, carla)
  await settle(house)
  expect(await carla.lines()).toEqual(await anna.lines())
})

test('P4: a newcomer sees the line, and never the message', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  anna.say('first')
  anna.say('second')
  await settle(house)
  await erase(anna, 'first')
  await settle(house)
  const bob = await house.move('Bob')
  await house.connect(anna, bob)
  await settle(house)
  const seen = (await bob.lines()).filter((line) => line.startsWith('Anna'))
  expect(seen).toEqual(['Anna joined', 'Anna erased what Anna said', 'Anna: second'])
})

test('P4, G2: the owner deletes what a member said, and not the other way round', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  anna.say('of the owner')
  bob.say('of the member')
  await settle(house)
  expect(await erase(bob, 'of the owner')).toEqual({
    may: false,
    outcome: { ok: false, problem: { type: 'mayNotErase' } },
  })
  expect((await erase(anna, 'of the member')).outcome.ok).toBe(true)
  await settle(house)
  expect((await bob.lines()).slice(-2)).toEqual(['Anna: of the owner', 'Anna erased what Bob said'])
})

test('P4: in a private room its own owner decides, whatever they are in the family', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  const annaId = anna.hearth.me.get().id
  const made = await bob.hearth.createPrivateRoom({ name: 'Surprise', members: [annaId], history: 'all' })
  if (!made.ok) throw new Error(made.problem.type)
  const room = made.value
  await house.clock.advance(3_000)
  anna.say('said by Anna', room)
  bob.say('said by Bob', room)
  await house.clock.advance(3_000)
  expect((await erase(anna, 'said by Bob', room)).outcome.ok).toBe(false)
  expect((await erase(bob, 'said by Anna', room)).outcome.ok).toBe(true)
  await settle(house)
  expect((await anna.lines(room)).slice(-2)).toEqual(['Bob erased what Anna said', 'Bob: said by Bob'])
})

test('P4: an erasure survives a restart, and a message just sent can be deleted by the key it was shown under', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  const timeline = anna.hearth.openTimeline(anna.hearth.family.general)
  await anna.hearth.whenShown()
  timeline.send('quickly gone')
  const key = timeline.view.get().items.at(-1)?.key ?? ''
  expect(await timeline.erase(key), 'not on the disk yet: nothing to erase').toEqual({
    ok: true,
    value: undefined,
  })
  await settle(house)
  expect(await timeline.erase(key)).toEqual({ ok: true, value: undefined })
  await settle(house)
  expect(timeline.view.get().items.at(-1)).toMatchObject({ type: 'erased', key })
  const again = await anna.restart()
  expect((await again.lines()).at(-1)).toBe('Anna erased what Anna said')
})

test('P8: owner, admins and the one who made a room set how long it is kept; all see it, and what is over goes', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  const { general } = anna.hearth.family
  anna.say('old by then')
  await settle(house)
  await house.clock.sleep(8 * day)
  anna.say('of today')
  await settle(house)
  expect((await bob.lines()).filter((line) => line.startsWith('Anna:'))).toHaveLength(2)

  expect(await bob.hearth.keepRoom(general, 'week')).toEqual({ ok: false, problem: { type: 'roleTooLow' } })
  expect((await anna.hearth.keepRoom(general, 'week')).ok).toBe(true)
  await settle(house)
  for (const member of [anna, bob]) {
    const lines = await member.lines()
    expect(lines.filter((line) => line.startsWith('Anna:'))).toEqual(['Anna: of today'])
    expect(lines.at(-1)).toBe('Anna retained')
    expect(member.hearth.rooms.get().find(({ isGeneral }) => isGeneral)?.keep).toBe('week')
  }
  await house.clock.sleep(8 * day)
  expect((await bob.lines()).filter((line) => line.startsWith('Anna:'))).toEqual([])

  const made = await bob.hearth.createRoom('Garden')
  if (!made.ok) throw new Error(made.problem.type)
  expect((await bob.hearth.keepRoom(made.value, 'month')).ok).toBe(true)
  await settle(house)
  expect(anna.hearth.rooms.get().find(({ name }) => name === 'Garden')?.keep).toBe('month')
})

/** What a member's updates hold, without the bodies: what a hostile device may pass on. */
const strip = async (update: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
  const [struct] = Y.decodeUpdate(update).structs
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) throw new Error('no entries')
  const bare: Uint8Array[] = []
  for (const [index, element] of struct.content.arr.entries()) {
    const entry = parseElement(element as Uint8Array, struct.id.clock + index)
    if (!entry) throw new Error('unreadable')
    bare.push(encodeElement(await toHusk(entry)))
  }
  return encodeAppend(struct.id.client, struct.id.clock, bare)
}

test('P4: whoever was given entries without their bodies asks for these, and is calm once they are there', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  house.cut(anna, bob)
  const { general } = anna.hearth.family
  for (const text of ['one', 'two', 'three']) anna.say(text)
  await settle(house)
  for (const update of await anna.hearth.logs.missing(general, 0, new Map()))
    expect(await bob.hearth.logs.receive(general, 0, await strip(update), anna.id)).toEqual({
      type: 'admitted',
    })
  expect(bob.hearth.logs.lengths()).toEqual(anna.hearth.logs.lengths())
  const said = async () => (await bob.lines()).filter((line) => line.startsWith('Anna:'))
  expect(await said()).toEqual([])
  await house.connect(anna, bob)
  await settle(house)
  expect(await said()).toEqual(['Anna: one', 'Anna: two', 'Anna: three'])
  house.cut(anna, bob)
  const before = house.hub.traffic.messages
  await house.connect(anna, bob)
  expect(house.hub.traffic.messages - before, 'one message each, as between equals').toBe(2)
})

test(
  'P8: a dropped page is neither asked for, nor offered, nor in the way',
  { timeout: 60_000 },
  async () => {
    const house = createHousehold()
    const [anna, bob, carla] = [await house.move('Anna'), await house.move('Bob'), await house.move('Carla')]
    const { general } = anna.hearth.family
    const body = new TextEncoder().encode('x')
    for (let i = 0; i < logLimits.messagesPerPage; i++)
      await anna.hearth.logs.append(general, entryKinds.message, body)
    await house.connect(anna, bob, carla)
    await house.clock.advance(2_000)
    house.cut(carla, anna)
    house.cut(carla, bob)
    await house.clock.sleep(8 * day)
    anna.say('on the next page')
    await settle(house)
    await anna.hearth.keepRoom(general, 'week')
    await house.clock.advance(2_000)
    const pagesOf = (member: Member) => [...(member.hearth.logs.lengths().get(general)?.keys() ?? [])]
    for (const member of [anna, bob]) expect(pagesOf(member)).toEqual([1])

    // Carla still has the page, and has not heard of the setting: she learns of both, and nobody asks her for it.
    expect(pagesOf(carla)).toEqual([0])
    await house.connect(anna, bob, carla)
    await house.clock.advance(5_000)
    for (const member of [anna, bob]) expect(pagesOf(member)).toEqual([1])
    // It was her newest when she heard of the setting: it goes when she next looks.
    expect(pagesOf(carla)).toEqual([0, 1])
    await house.clock.sleep(retentionLimits.sweepEveryMs)
    await house.clock.advance(5_000)
    for (const member of [anna, bob, carla]) {
      expect(pagesOf(member)).toEqual([1])
      expect((await member.lines()).filter((line) => line.startsWith('Anna:'))).toEqual([
        'Anna: on the next page',
      ])
    }
    const dora = await house.move('Dora')
    await house.connect(anna, dora)
    await house.clock.advance(2_000)
    expect(pagesOf(dora)).toEqual([1])
  },
)
