import { expect, test } from 'vitest'
import { createHousehold, type Household, type Member } from '../testing/household.ts'
import type { LogId } from '../ports.ts'

const generalOf = (member: Member): LogId => member.hearth.family.general
const unreadOf = (member: Member) => member.hearth.unread.get().get(generalOf(member))
const latestOf = (member: Member) => member.hearth.latest.get().get(generalOf(member))
const read = (member: Member) => member.hearth.markRead(generalOf(member))

/** What became of what somebody said, the oldest first: who has read it. */
const readersOf = (member: Member): (() => readonly (readonly string[])[]) => {
  const timeline = member.hearth.openTimeline(generalOf(member))
  return () =>
    timeline.view.get().items.flatMap((item) => {
      if (item.type !== 'message' || !item.delivery) return []
      const { delivery } = item
      return [delivery.status === 'read' ? delivery.readers.map(({ person }) => person.name) : []]
    })
}

/** Time for what was said, read and counted to get about. */
const pass = (house: Household) => house.clock.advance(3_000)

const two = async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  await pass(house)
  return { house, anna, bob }
}

test('R1: what others say is counted until it is read, on the device and in the list', async () => {
  const { house, anna, bob } = await two()
  expect(unreadOf(bob)).toBeUndefined()
  anna.say('one')
  anna.say('two')
  await pass(house)
  expect(unreadOf(bob)).toEqual({ messages: 2, hasMissedCall: false, mentions: 0 })
  expect(latestOf(bob)).toMatchObject({ type: 'message', text: 'two', author: { name: 'Anna' } })
  expect(unreadOf(anna), 'nobody has one’s own words before them').toBeUndefined()
  expect(latestOf(anna)).toMatchObject({ text: 'two', author: { isMe: true } })
  read(bob)
  await pass(house)
  expect(unreadOf(bob)).toBeUndefined()
  anna.say('three')
  await pass(house)
  expect(unreadOf(bob)).toMatchObject({ messages: 1 })
})

test('R2: "read" shows at the author, with who and when, and follows nobody who has not looked', async () => {
  const { house, anna, bob } = await two()
  const seen = readersOf(anna)
  anna.say('one')
  await pass(house)
  expect(seen()).toEqual([[]])
  read(bob)
  await pass(house)
  expect(seen()).toEqual([['Bob']])
  anna.say('two')
  await pass(house)
  expect(seen()).toEqual([['Bob'], []])
})

test('R2: with receipts off on either side none are shown, and none are told', async () => {
  const { house, anna, bob } = await two()
  const seen = readersOf(anna)
  bob.hearth.changePrivacy({ receipts: false })
  anna.say('one')
  await pass(house)
  read(bob)
  await pass(house)
  expect(seen()).toEqual([[]])
  expect(unreadOf(bob), 'one’s own list still knows').toBeUndefined()
  bob.hearth.changePrivacy({ receipts: true })
  await pass(house)
  expect(seen()).toEqual([['Bob']])
  anna.hearth.changePrivacy({ receipts: false })
  await pass(house)
  expect(seen(), 'it goes both ways').toEqual([[]])
})

test('R2: what was read while they were apart is told when they meet', async () => {
  const { house, anna, bob } = await two()
  const seen = readersOf(anna)
  anna.say('one')
  await pass(house)
  house.cut(anna, bob)
  read(bob)
  await pass(house)
  expect(seen()).toEqual([[]])
  await house.connect(anna, bob)
  await pass(house)
  expect(seen()).toEqual([['Bob']])
})

test('R1: what came late, with a time before what was read, is unread and not told as read', async () => {
  const house = createHousehold()
  const [anna, bob, carla] = [await house.move('Anna'), await house.move('Bob'), await house.move('Carla')]
  await house.connect(anna, bob, carla)
  await pass(house)
  const seen = readersOf(anna)
  house.cut(anna, bob)
  house.cut(anna, carla)
  anna.say('from the train')
  await pass(house)
  carla.say('at home')
  await pass(house)
  read(bob)
  await pass(house)
  await house.connect(anna, bob)
  await pass(house)
  expect(unreadOf(bob)).toMatchObject({ messages: 1 })
  expect(seen()).toEqual([[]])
  read(bob)
  await pass(house)
  expect(seen()).toEqual([['Bob']])
  expect(unreadOf(bob)).toBeUndefined()
})

test('R1: marks, and what was not read, outlive the browser', async () => {
  const { house, anna, bob } = await two()
  const seen = readersOf(anna)
  anna.say('one')
  await pass(house)
  read(bob)
  anna.say('two')
  await pass(house)
  const again = await bob.restart()
  await house.connect(anna, again)
  await pass(house)
  expect(unreadOf(again)).toMatchObject({ messages: 1 })
  expect(seen()).toEqual([['Bob'], []])
})

test('R1: reading on one device is reading on all of one’s own', async () => {
  const { house, anna, bob } = await two()
  const tablet = await house.addDevice(bob)
  await house.connect(anna, bob, tablet)
  await pass(house)
  anna.say('one')
  await pass(house)
  expect([unreadOf(bob), unreadOf(tablet)]).toMatchObject([{ messages: 1 }, { messages: 1 }])
  tablet.hearth.changePrivacy({ receipts: false })
  await pass(house)
  expect(bob.hearth.privacy.get(), 'R4: the choice follows too').toMatchObject({ receipts: false })
  read(tablet)
  await pass(house)
  expect([unreadOf(bob), unreadOf(tablet)]).toEqual([undefined, undefined])
})

test('R1: a new device of one’s own takes up where the others are, and takes history for read', async () => {
  const { house, anna, bob } = await two()
  anna.say('long ago')
  await pass(house)
  const tablet = await house.addDevice(bob)
  await house.connect(anna, tablet)
  await pass(house)
  expect(unreadOf(tablet)).toBeUndefined()
  anna.say('now')
  await pass(house)
  expect(unreadOf(tablet)).toMatchObject({ messages: 1 })
})

test('R1: more than is shown is not counted', async () => {
  const { house, anna, bob } = await two()
  for (let i = 0; i < 120; i++) anna.say(`message ${i}`)
  await pass(house)
  expect(unreadOf(bob)?.messages).toBe(100)
})

test('R1: what names this person is counted beside the others', async () => {
  const { house, anna, bob } = await two()
  const timeline = anna.hearth.openTimeline(generalOf(anna))
  const account = bob.hearth.me.get().id
  timeline.send({ text: 'Bob, bread?', mentions: [{ start: 0, length: 3, account }] })
  timeline.send('And butter.')
  await pass(house)
  expect(unreadOf(bob)).toEqual({ messages: 2, hasMissedCall: false, mentions: 1 })
})

test('R1: what is erased is not unread any more', async () => {
  const { house, anna, bob } = await two()
  const timeline = anna.hearth.openTimeline(generalOf(anna))
  timeline.send('a slip')
  await pass(house)
  expect(unreadOf(bob)).toMatchObject({ messages: 1 })
  const slip = timeline.view.get().items.find(({ type }) => type === 'message')
  await timeline.erase(slip?.key ?? '')
  await pass(house)
  expect(unreadOf(bob)).toBeUndefined()
  expect(latestOf(bob)).toMatchObject({ type: 'erased', text: '' })
})

test('R1: a timeline tells what was read', async () => {
  const { house, anna, bob } = await two()
  anna.say('one')
  await pass(house)
  read(bob)
  anna.say('two')
  await pass(house)
  const timeline = bob.hearth.openTimeline(generalOf(bob))
  await house.clock.settle()
  const said = timeline.view.get().items.filter(({ type }) => type === 'message')
  expect(said.map(({ key }) => timeline.isRead(key))).toEqual([true, false])
})

test('R3: when somebody was last here is kept to the minute, and not where either would rather not', async () => {
  const { house, anna, bob } = await two()
  const bobsId = bob.hearth.me.get().id
  const seenByAnna = () => anna.hearth.lastSeen.get().get(bobsId)
  expect(seenByAnna(), 'who is here was not last here').toBeUndefined()
  house.cut(anna, bob)
  await pass(house)
  const left = seenByAnna() ?? 0
  expect(left % 60_000).toBe(0)
  expect(house.clock.now() - left).toBeLessThan(65_000)
  const again = await anna.restart()
  await pass(house)
  expect(again.hearth.lastSeen.get().get(bobsId)).toBe(left)
  again.hearth.changePrivacy({ lastSeen: false })
  expect(again.hearth.lastSeen.get().size, 'both ways').toBe(0)
  again.hearth.changePrivacy({ lastSeen: true })
  bob.hearth.changePrivacy({ lastSeen: false })
  await house.connect(again, bob)
  await pass(house)
  house.cut(again, bob)
  await pass(house)
  expect(again.hearth.lastSeen.get().get(bobsId)).toBeUndefined()
})

test('ux 22: typing is neither told nor shown by whoever has it off', async () => {
  const { house, anna, bob } = await two()
  const annas = anna.hearth.openTimeline(generalOf(anna))
  const bobs = bob.hearth.openTimeline(generalOf(bob))
  const names = () => annas.typing.get().map(({ name }) => name)
  bobs.setTyping(true)
  await house.clock.advance(10)
  expect(names()).toEqual(['Bob'])
  bob.hearth.changePrivacy({ typing: false })
  await house.clock.advance(10)
  expect(names()).toEqual([])
  bobs.setTyping(true)
  await house.clock.advance(10)
  expect(names()).toEqual([])
  bob.hearth.changePrivacy({ typing: true })
  anna.hearth.changePrivacy({ typing: false })
  bobs.setTyping(true)
  await house.clock.advance(10)
  expect(names()).toEqual([])
})

test('R3: what a newcomer says before it is known whose device that is counts once it is', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  house.cut(anna, bob)
  await house.clock.advance(10)
  expect(anna.hearth.lastSeen.get().has(bob.hearth.me.get().id)).toBe(true)
})
