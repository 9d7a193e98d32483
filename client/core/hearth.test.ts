import { expect, test } from 'vitest'
import { createHousehold, type Member } from './testing/household.ts'

const namesHere = (member: Member) =>
  member.hearth.people
    .get()
    .filter((person) => person.isHere)
    .map((person) => person.name)

const roomNamed = (member: Member, name: string) => {
  const room = member.hearth.rooms.get().find((candidate) => candidate.name === name)
  if (!room) throw new Error(`${member.name} knows no room ${name}`)
  return room
}

const deliveries = (member: Member) => {
  const timeline = member.hearth.openTimeline(member.hearth.family.general)
  return () =>
    timeline.view
      .get()
      .items.flatMap((item) => (item.type === 'message' && item.delivery ? [item.delivery] : []))
}

test('Y3: two cores talk over a link in memory, and see each other come', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  anna.say('hello')
  await house.clock.advance(50)
  bob.say('hello back')
  await house.clock.advance(50)
  const seen = ['Anna joined', 'Bob joined', 'Anna: hello', 'Bob: hello back']
  expect(await anna.lines()).toEqual(seen)
  expect(await bob.lines()).toEqual(seen)
  expect(namesHere(bob)).toEqual(['Bob', 'Anna'])
})

test('P5: a message is on the screen at once, and not shown as kept before the disk has it', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  const seen = deliveries(anna)
  await anna.lines()
  const letGo = anna.store.holdWrites()
  anna.say('slow disk')
  await house.clock.advance(1)
  expect(await anna.lines()).toContain('Anna: slow disk')
  letGo()
  await house.clock.advance(1)
  expect(seen()).toEqual([{ status: 'onlyHere' }])
})

test('P5: a message the disk refuses says so, sends nothing, and goes out when tried again', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  const timeline = anna.hearth.openTimeline(anna.hearth.family.general)
  await house.clock.settle()
  anna.store.failNextWrite({ type: 'quotaExceeded' })
  timeline.send('no room on this disk')
  await house.clock.advance(20)
  const failed = timeline.view.get().items.at(-1)
  expect(failed).toMatchObject({ delivery: { status: 'failed', problem: { type: 'quotaExceeded' } } })
  expect(await bob.lines()).not.toContain('Anna: no room on this disk')
  timeline.retry(failed?.key ?? '')
  await house.clock.advance(20)
  expect(await bob.lines()).toContain('Anna: no room on this disk')
  expect(timeline.view.get().items.at(-1)).toMatchObject({
    key: failed?.key,
    delivery: { status: 'onDevices' },
  })
})

test('Y4: delivery goes from this device only to the devices that have it on their disk, and survives a restart', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  const seen = deliveries(anna)
  anna.say('who has this?')
  await house.clock.advance(10)
  expect(seen()).toEqual([{ status: 'onlyHere' }])
  const letGo = bob.store.holdWrites()
  await house.connect(anna, bob)
  expect(seen(), 'Bob has it in memory at most').toEqual([{ status: 'onlyHere' }])
  letGo()
  await house.clock.advance(50)
  expect(seen()).toMatchObject([{ status: 'onDevices', holders: [{ person: { name: 'Bob' } }] }])
  const again = await anna.restart()
  const seenAgain = deliveries(again)
  await house.clock.settle()
  expect(seenAgain()).toMatchObject([{ status: 'onDevices', holders: [{ person: { name: 'Bob' } }] }])
})

test('Y2: what was written apart is there after meeting again, once and in order', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  house.cut(anna, bob)
  for (let hour = 0; hour < 5; hour++) {
    anna.say(`anna ${hour}`)
    await house.clock.advance(30)
    bob.say(`bob ${hour}`)
    await house.clock.advance(30)
  }
  expect(await anna.lines()).not.toContain('Bob: bob 0')
  await house.connect(anna, bob)
  const expected = [0, 1, 2, 3, 4].flatMap((hour) => [`Anna: anna ${hour}`, `Bob: bob ${hour}`])
  expect((await anna.lines()).slice(2)).toEqual(expected)
  expect(await bob.lines()).toEqual(await anna.lines())
})

test('Y3: of three where two cannot meet, the third carries: messages at once, rooms too', async () => {
  const house = createHousehold()
  const [anna, bob, carla] = [await house.move('Anna'), await house.move('Bob'), await house.move('Carla')]
  await house.connect(anna, bob)
  await house.connect(bob, carla)
  anna.say('to carla')
  await house.clock.advance(20)
  expect(await carla.lines()).toContain('Anna: to carla')
  const created = await anna.hearth.createRoom('garden')
  expect(created.ok).toBe(true)
  await house.clock.advance(20)
  expect(roomNamed(carla, 'garden').members.map((person) => person.name)).toEqual(['Anna'])
})

test('Y3: in a full mesh an entry goes to each device once', async () => {
  const house = createHousehold()
  const members = []
  for (const name of ['Anna', 'Bob', 'Carla', 'Dora', 'Emil']) members.push(await house.move(name))
  await house.connect(...members)
  // The newcomers' epochs are made, and made known.
  await house.clock.advance(5_000)
  const before = house.hub.traffic.messages
  members[0]?.say('one for all')
  await house.clock.advance(50)
  // Four times the entry, and four acknowledgements.
  expect(house.hub.traffic.messages - before).toBe(8)
})

test('Y2: equal devices say one small message each to find that out', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  for (let i = 0; i < 30; i++) anna.say(`message ${i}`)
  await house.clock.advance(200)
  house.cut(anna, bob)
  const before = { ...house.hub.traffic }
  await house.connect(anna, bob)
  expect(house.hub.traffic.messages - before.messages).toBe(2)
  expect(house.hub.traffic.bytes - before.bytes).toBeLessThan(50)
})

test(
  'P1: a room goes on to the next page when one is full, and a newcomer gets all of it',
  { timeout: 60_000 },
  async () => {
    const house = createHousehold()
    const anna = await house.move('Anna')
    const { general } = anna.hearth.family
    const body = new TextEncoder().encode('x')
    for (let i = 0; i < 4_100; i++) await anna.hearth.logs.append(general, 1, body)
    expect([...(anna.hearth.logs.lengths().get(general)?.keys() ?? [])]).toEqual([0, 1])
    const bob = await house.move('Bob')
    await house.connect(anna, bob)
    await house.clock.advance(2_000)
    expect(bob.hearth.logs.lengths().get(general)).toEqual(anna.hearth.logs.lengths().get(general))
  },
)

test('P5: a browser that ends suddenly comes back with all it showed as kept, and never forks its feed', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  anna.say('kept')
  await house.clock.advance(20)
  anna.store.holdWrites()
  anna.say('lost with the browser')
  await house.clock.advance(20)
  const again = await anna.restart()
  await house.connect(again, bob)
  again.say('after the restart')
  await house.clock.advance(50)
  const expected = ['Anna joined', 'Bob joined', 'Anna: kept', 'Anna: after the restart']
  expect(await again.lines()).toEqual(expected)
  expect(await bob.lines()).toEqual(expected)
})

test('G8: two rooms of one name made apart are told apart alike for all', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await anna.hearth.createRoom('Holidays')
  await house.clock.advance(10)
  await bob.hearth.createRoom('ＨＯＬＩＤＡＹＳ')
  await house.connect(anna, bob)
  const names = (member: Member) => member.hearth.rooms.get().map((room) => room.name)
  expect(names(anna)).toEqual(['general', 'Holidays', 'ＨＯＬＩＤＡＹＳ (2)'])
  expect(names(bob)).toEqual(names(anna))
  expect(await anna.hearth.createRoom('holidays ')).toEqual({ ok: false, problem: { type: 'nameTaken' } })
  expect(await anna.hearth.createRoom('general')).toEqual({ ok: false, problem: { type: 'nameTaken' } })
})

test('joining and leaving a room is seen at once, and leaves a line in it', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  await anna.hearth.createRoom('garden')
  await house.clock.advance(20)
  const { id } = roomNamed(bob, 'garden')
  await bob.hearth.joinRoom(id)
  await house.clock.advance(20)
  expect(roomNamed(anna, 'garden').members.map((person) => person.name)).toEqual(['Anna', 'Bob'])
  await bob.hearth.leaveRoom(id)
  await house.clock.advance(20)
  expect(roomNamed(anna, 'garden').members.map((person) => person.name)).toEqual(['Anna'])
  expect(await anna.lines(id)).toEqual(['Anna created', 'Bob joined', 'Bob left'])
})

test('ux 22: typing is seen by the others and goes by itself', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  const { general } = anna.hearth.family
  const seen = bob.hearth.openTimeline(general).typing
  anna.hearth.openTimeline(general).setTyping(true)
  await house.clock.advance(10)
  expect(seen.get().map((person) => person.name)).toEqual(['Anna'])
  await house.clock.advance(6_000)
  expect(seen.get()).toEqual([])
})

test('G8: what changes in the family changes the rooms once, however many conversations there could be', async () => {
  const house = createHousehold()
  const people = []
  for (const name of ['Anna', 'Bob', 'Carla', 'Dora', 'Emil']) people.push(await house.move(name))
  const [anna, bob] = people
  if (!anna || !bob) throw new Error('nobody there')
  for (const other of people) if (other !== bob) await house.connect(bob, other)
  await house.clock.advance(35_000)
  expect(anna.hearth.people.get()).toHaveLength(5)
  let changes = 0
  anna.hearth.rooms.subscribe(() => changes++)
  await bob.hearth.createRoom('Attic')
  await house.clock.advance(1_000)
  expect(anna.hearth.rooms.get().map(({ name }) => name)).toContain('Attic')
  // It is made and entered: for the family each time, and at most as often for its four conversations together.
  expect(changes).toBeLessThanOrEqual(4)
})

test('an item that says the same stays the same object, so that the screen redraws only what changed', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  const timeline = anna.hearth.openTimeline(anna.hearth.family.general)
  timeline.send('one')
  await house.clock.advance(10)
  const [joined, one] = timeline.view.get().items
  timeline.send('two')
  await house.clock.advance(10)
  expect(timeline.view.get().items.slice(0, 2)).toSatisfy(
    (items: unknown[]) => items[0] === joined && items[1] === one,
  )
  await house.connect(anna, bob)
  expect(timeline.view.get().items.find((item) => item.key === one?.key)).toMatchObject({
    delivery: { status: 'onDevices' },
  })
})

test('texts and names that are none or too long are refused in so many words', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  const timeline = anna.hearth.openTimeline(anna.hearth.family.general)
  expect(timeline.send('  \n ')).toEqual({ ok: false, problem: { type: 'textEmpty' } })
  expect(timeline.send('é'.repeat(8_193))).toEqual({
    ok: false,
    problem: { type: 'textTooLong', limit: 16_384 },
  })
  expect(timeline.send('é'.repeat(8_192)).ok).toBe(true)
  expect(await anna.hearth.createRoom('x'.repeat(41))).toEqual({
    ok: false,
    problem: { type: 'nameTooLong', limit: 40 },
  })
})
