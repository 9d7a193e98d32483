import { expect, test } from 'vitest'
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
