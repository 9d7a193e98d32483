import { expect, test } from 'vitest'
import { createHousehold, type Household, type Member } from './testing/household.ts'
import type { LogId } from './ports.ts'

const idOf = ({ hearth }: Member) => hearth.me.get().id
const roomsOf = ({ hearth }: Member) =>
  hearth.rooms
    .get()
    .filter(({ isGeneral }) => !isGeneral)
    .map(({ name }) => name)
const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false; problem: unknown }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
/** Long enough for keys to be made and handed on. */
const calm = (house: Household) => house.clock.advance(5_000)

const gather = async () => {
  const house = createHousehold()
  const [anna, bob, carl] = [await house.move('Anna'), await house.move('Bob'), await house.move('Carl')]
  await house.connect(anna, bob, carl)
  await calm(house)
  return { house, anna, bob, carl }
}
const create = async (
  by: Member,
  name: string,
  members: readonly Member[],
  history: 'all' | 'fromJoining' = 'all',
) => valueOf(await by.hearth.createPrivateRoom({ name, members: members.map(idOf), history }))

const holdsLog = ({ hearth }: Member, room: LogId) => hearth.logs.lengths().has(room)

test('G1, Y1: a private room is seen, read and carried by its members only', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob])
  await calm(house)
  anna.say('A bicycle for Carl', room)
  await calm(house)
  bob.say('Red?', room)
  await calm(house)
  expect(roomsOf(bob)).toEqual(['Presents'])
  expect(await bob.lines(room)).toEqual(await anna.lines(room))
  expect(await bob.lines(room)).toEqual([
    'Anna created',
    'Bob added',
    'Anna: A bicycle for Carl',
    'Bob: Red?',
  ])
  expect(roomsOf(carl)).toEqual([])
  expect([...carl.hearth.logs.lengths().keys()]).toHaveLength(0)
  expect(holdsLog(carl, room)).toBe(false)
})

test('G3: whoever is added reads what was said before', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob])
  await calm(house)
  anna.say('Before', room)
  await calm(house)
  valueOf(await anna.hearth.addToRoom(room, idOf(carl)))
  await calm(house)
  bob.say('After', room)
  await calm(house)
  expect(await carl.lines(room)).toEqual([
    'Anna created',
    'Bob added',
    'Anna: Before',
    'Carl added',
    'Bob: After',
  ])
})

test('G3: in a room whose history begins with joining, whoever is added reads from then on', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob], 'fromJoining')
  await calm(house)
  anna.say('Before', room)
  await calm(house)
  valueOf(await anna.hearth.addToRoom(room, idOf(carl)))
  await calm(house)
  bob.say('After', room)
  await calm(house)
  const lines = await carl.lines(room)
  expect(lines).not.toContain('Anna: Before')
  expect(lines).toContain('Bob: After')
})

test('G5, G6: whoever is removed reads nothing that comes after, and nothing of theirs counts any more', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob, carl])
  await calm(house)
  bob.say('While I was there', room)
  await calm(house)
  house.cut(anna, bob)
  house.cut(bob, carl)
  bob.say('Not heard in time', room)
  await calm(house)
  valueOf(await anna.hearth.removeFromRoom(room, idOf(bob)))
  anna.say('Now he is gone', room)
  await calm(house)
  await house.connect(anna, bob, carl)
  await calm(house)
  bob.say('Late', room)
  await calm(house)
  for (const member of [anna, carl]) {
    const lines = await member.lines(room)
    expect(lines).toContain('Bob: While I was there')
    expect(lines).toContain('Anna: Now he is gone')
    expect(lines).not.toContain('Bob: Late')
    expect(lines).not.toContain('Bob: Not heard in time')
  }
  expect(await bob.lines(room)).not.toContain('Anna: Now he is gone')
  expect(roomsOf(carl)).toEqual(['Presents'])
})

test('G2: a plain member may neither add, remove nor rename', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob])
  await calm(house)
  const refused = { ok: false, problem: { type: 'roleTooLow' } }
  expect(await bob.hearth.addToRoom(room, idOf(carl))).toEqual(refused)
  expect(await bob.hearth.removeFromRoom(room, idOf(anna))).toEqual(refused)
  expect(await bob.hearth.renameRoom(room, 'Mine')).toEqual(refused)
  valueOf(await anna.hearth.setRoomRole(room, idOf(bob), 'admin'))
  await calm(house)
  valueOf(await bob.hearth.addToRoom(room, idOf(carl)))
  valueOf(await bob.hearth.renameRoom(room, 'Surprises'))
  await calm(house)
  expect(roomsOf(carl)).toEqual(['Surprises'])
  expect(roomsOf(anna)).toEqual(['Surprises'])
})

test('ux 19: owner and admins of a private room say what it is about, and its members read that', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob])
  await calm(house)
  const topicFor = ({ hearth }: Member) => hearth.rooms.get().find(({ id }) => id === room)?.topic
  const refused = { ok: false, problem: { type: 'roleTooLow' } }
  expect(await bob.hearth.setTopic(room, 'Mine')).toEqual(refused)
  expect(await carl.hearth.setTopic(room, 'Mine')).toEqual(refused)
  valueOf(await anna.hearth.setTopic(room, 'For Carl,\nwho is fifty'))
  await calm(house)
  expect(topicFor(bob)).toBe('For Carl, who is fifty')
  expect(await bob.lines(room)).toContain('Anna topicChanged')
  valueOf(await anna.hearth.setTopic(room, ''))
  await calm(house)
  expect(topicFor(bob)).toBeUndefined()
})

test('ux 19, G3: whoever cannot read what was said before still learns what the room is about, and nobody else hears it twice', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob], 'fromJoining')
  await calm(house)
  valueOf(await anna.hearth.setTopic(room, 'For Grandpa'))
  await calm(house)
  valueOf(await anna.hearth.addToRoom(room, idOf(carl)))
  await calm(house)
  expect(carl.hearth.rooms.get().find(({ id }) => id === room)).toMatchObject({
    name: 'Presents',
    topic: 'For Grandpa',
  })
  expect((await bob.lines(room)).filter((line) => line === 'Anna topicChanged')).toHaveLength(1)
})

test('ux 19: two people have no topic, and an open room’s reaches the whole family', async () => {
  const { house, anna, bob, carl } = await gather()
  const between = valueOf(await anna.hearth.openDirect(idOf(bob)))
  expect(await anna.hearth.setTopic(between, 'Us')).toEqual({ ok: false, problem: { type: 'roleTooLow' } })
  const garden = valueOf(await bob.hearth.createRoom('Garden'))
  await calm(house)
  expect(await carl.hearth.setTopic(garden, 'Mine')).toEqual({ ok: false, problem: { type: 'roleTooLow' } })
  expect(await bob.hearth.setTopic(garden, 'x'.repeat(201))).toMatchObject({
    problem: { type: 'topicTooLong' },
  })
  valueOf(await bob.hearth.setTopic(garden, 'Beans'))
  await calm(house)
  for (const { hearth } of [anna, bob, carl])
    expect(hearth.rooms.get().find(({ id }) => id === garden)?.topic).toBe('Beans')
})

test('a room that somebody left is out of their sight, and they can be added again', async () => {
  const { house, anna, bob } = await gather()
  const room = await create(anna, 'Presents', [bob])
  await calm(house)
  bob.say('Bye', room)
  await calm(house)
  valueOf(await bob.hearth.leaveRoom(room))
  await calm(house)
  expect(roomsOf(bob)).toEqual([])
  expect(await anna.lines(room)).toContain('Bob: Bye')
  expect(await anna.lines(room)).toContain('Bob left')
  valueOf(await anna.hearth.addToRoom(room, idOf(bob)))
  await calm(house)
  anna.say('Welcome back', room)
  await calm(house)
  expect(await bob.lines(room)).toContain('Anna: Welcome back')
})

test('G2, G6: whoever leaves while their device still writes something else about the room is gone for all', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob, carl])
  await calm(house)
  for (const other of [bob, carl]) house.cut(anna, other)
  await calm(house)
  await Promise.all([anna.hearth.removeFromRoom(room, idOf(bob)), anna.hearth.leaveRoom(room)])
  await calm(house)
  await house.connect(anna, bob, carl)
  await calm(house)
  expect(roomsOf(anna)).toEqual([])
  expect(roomsOf(bob)).toEqual([])
  expect(await carl.lines(room)).toContain('Anna left')
  const [presents] = carl.hearth.rooms.get().filter(({ id }) => id === room)
  expect(presents?.members.map(({ name }) => name)).toEqual(['Carl'])
})

test('G1: two make the same conversation alone, each for themselves, and nobody else has it', async () => {
  const { house, anna, bob, carl } = await gather()
  const annas = valueOf(await anna.hearth.openDirect(idOf(bob)))
  const bobs = valueOf(await bob.hearth.openDirect(idOf(anna)))
  expect(annas).toBe(bobs)
  anna.say('Just us', annas)
  await calm(house)
  expect(await bob.lines(bobs)).toEqual(['Anna: Just us'])
  expect(roomsOf(anna)).toEqual(['Bob'])
  expect(roomsOf(carl)).toEqual([])
  expect(holdsLog(carl, annas)).toBe(false)
})

test('a private room and its messages are there after a restart, without any network', async () => {
  const { house, anna, bob } = await gather()
  const room = await create(anna, 'Presents', [bob])
  await calm(house)
  anna.say('Kept', room)
  await calm(house)
  const again = await bob.restart()
  expect(roomsOf(again)).toEqual(['Presents'])
  expect(await again.lines(room)).toContain('Anna: Kept')
})

test('G5: who was removed learns that they are out, also when they were away', async () => {
  const { house, anna, bob } = await gather()
  const room = await create(anna, 'Presents', [bob])
  await calm(house)
  expect(roomsOf(bob)).toEqual(['Presents'])
  house.cut(anna, bob)
  valueOf(await anna.hearth.removeFromRoom(room, idOf(bob)))
  await calm(house)
  await house.connect(anna, bob)
  await calm(house)
  expect(roomsOf(bob)).toEqual([])
})

test('G2: a name stays when who gave it is no admin any more', async () => {
  const { house, anna, bob } = await gather()
  const room = await create(anna, 'Presents', [bob])
  await calm(house)
  valueOf(await anna.hearth.setRoomRole(room, idOf(bob), 'admin'))
  await calm(house)
  valueOf(await bob.hearth.renameRoom(room, 'Surprises'))
  await calm(house)
  valueOf(await anna.hearth.setRoomRole(room, idOf(bob), 'member'))
  await calm(house)
  expect(roomsOf(anna)).toEqual(['Surprises'])
  expect(await bob.hearth.renameRoom(room, 'Mine')).toEqual({ ok: false, problem: { type: 'roleTooLow' } })
})

test('G3: also where history begins with joining, a newcomer hears what the room is called', async () => {
  const { house, anna, bob, carl } = await gather()
  const room = await create(anna, 'Presents', [bob], 'fromJoining')
  await calm(house)
  valueOf(await anna.hearth.addToRoom(room, idOf(carl)))
  await calm(house)
  expect(roomsOf(carl)).toEqual(['Presents'])
  expect(await anna.lines(room)).toEqual(['Anna created', 'Bob added', 'Carl added'])
})

test('G8: no two private rooms of one name, in whatever case', async () => {
  const { anna } = await gather()
  await create(anna, 'Presents', [])
  expect(await anna.hearth.createPrivateRoom({ name: 'PRESENTS', members: [], history: 'all' })).toEqual({
    ok: false,
    problem: { type: 'nameTaken' },
  })
})
