import { expect, test } from 'vitest'
import type { MessageWish, TimelineItem } from '../hearth.ts'
import type { LogId } from '../ports.ts'
import { createMemoryScreens } from '../testing/memory-screens.ts'
import { createHousehold, type Household, type Member } from '../testing/household.ts'
import { createValue } from '../value.ts'
import { createEarlyHearth } from './early-hearth.ts'
import { keepScreen } from './keep-screen.ts'
import { readKeptScreen } from './read-kept-screen.ts'

const release = 'one'
const textsOf = (items: readonly TimelineItem[]) =>
  items.flatMap((item) => (item.type === 'message' ? [item.text] : []))
const settle = (house: Household) => house.clock.advance(50)

/** What a member's screen showed when it was closed. */
const closeScreen = async (house: Household, member: Member) => {
  const store = createMemoryScreens()
  const phrase = createValue<'kept' | 'notYet'>('kept')
  const keeper = keepScreen({ hearth: member.hearth, phrase, store, clock: house.clock, release })
  const timeline = keeper.hearth.openTimeline(member.hearth.family.general)
  await settle(house)
  await keeper.keepNow()
  keeper.close()
  timeline.close()
  const kept = readKeptScreen(store.rows, release)
  if (!kept) throw new Error('nothing was kept')
  return kept
}

const begin = async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  anna.say('Who makes soup?')
  bob.say('I do')
  await settle(house)
  const room = anna.hearth.family.general
  const createdAttic = await anna.hearth.createRoom('Attic')
  if (!createdAttic.ok) throw new Error('no attic')
  const kept = await closeScreen(house, anna)
  const said = new Map<LogId, readonly MessageWish[]>()
  const early = createEarlyHearth({
    kept,
    nowMs: house.clock.now,
    keepSaid: (at, what) => said.set(at, what),
  })
  return { house, anna, bob, room, attic: createdAttic.value, kept, early, said }
}

test('ux 10: what was shown last is there before the core, and the core’s own takes its place', async () => {
  const { house, anna, bob, room, early } = await begin()
  const { hearth } = early
  expect(hearth.people.get().map(({ name }) => name)).toEqual(['Anna', 'Bob'])
  expect(hearth.rooms.get().map(({ name }) => name)).toEqual(anna.hearth.rooms.get().map(({ name }) => name))
  expect([...hearth.latest.get().values()]).toMatchObject([{ author: { name: 'Bob' }, text: 'I do' }])
  const timeline = hearth.openTimeline(room)
  expect(timeline.view.get().status).toBe('loading')
  expect(textsOf(timeline.view.get().items)).toEqual(['Who makes soup?', 'I do'])
  bob.say('It is ready')
  await settle(house)
  early.become(anna.hearth)
  await settle(house)
  expect(timeline.view.get().status).toBe('ready')
  expect(textsOf(timeline.view.get().items)).toEqual(['Who makes soup?', 'I do', 'It is ready'])
  expect(hearth.people.get()).toEqual(anna.hearth.people.get())
})

test('ux 41: where the server does not give the core, the screen of last time says so until the core is here', async () => {
  const { house, anna, early } = await begin()
  const { connection } = early.hearth
  early.missServer()
  expect(connection.get()).toEqual({ server: 'unreachable', linkedDevices: 0 })
  early.become(anna.hearth)
  await settle(house)
  expect(connection.get()).toEqual(anna.hearth.connection.get())
  early.missServer()
  expect(connection.get()).toEqual(anna.hearth.connection.get())
})

test('ux 10, 12: what is said before the core is here is shown, is not called kept, and arrives once and in order', async () => {
  const { house, anna, bob, room, early, said } = await begin()
  const timeline = early.hearth.openTimeline(room)
  expect(timeline.send(' Is it ready? ').ok).toBe(true)
  expect(timeline.send({ text: 'I am hungry' }).ok).toBe(true)
  expect(timeline.send('   ').ok).toBe(false)
  expect(
    timeline.view
      .get()
      .items.slice(-2)
      .map((item) => item.type === 'message' && [item.text, item.delivery?.status]),
  ).toEqual([
    ['Is it ready?', 'saving'],
    ['I am hungry', 'saving'],
  ])
  expect(said.get(room)).toHaveLength(2)
  early.become(anna.hearth)
  expect(said.get(room)).toEqual([])
  await settle(house)
  const everything = ['Anna: Who makes soup?', 'Bob: I do', 'Anna: Is it ready?', 'Anna: I am hungry']
  const heard = (lines: string[]) => lines.filter((line) => line.includes(': '))
  expect(heard(await bob.lines())).toEqual(everything)
  expect(textsOf(timeline.view.get().items)).toHaveLength(4)
  expect(textsOf((await closeScreen(house, anna)).rooms.get(room)?.items ?? [])).toHaveLength(4)
})

test('ux 12: what was said in a room that was left before the core came arrives all the same', async () => {
  const { house, anna, bob, room, early, said } = await begin()
  const timeline = early.hearth.openTimeline(room)
  timeline.send('One moment')
  timeline.close()
  early.become(anna.hearth)
  await settle(house)
  expect(await bob.lines()).toContain('Anna: One moment')
  expect(said.get(room)).toEqual([])
})

test('ux 12: what was said is there when its room is opened again before the core is', async () => {
  const { house, anna, bob, room, early, said } = await begin()
  const first = early.hearth.openTimeline(room)
  first.send('One moment')
  first.close()
  const again = early.hearth.openTimeline(room)
  expect(textsOf(again.view.get().items)).toEqual(['Who makes soup?', 'I do', 'One moment'])
  again.send('And another')
  expect(said.get(room)?.map(({ text }) => text)).toEqual(['One moment', 'And another'])
  early.become(anna.hearth)
  await settle(house)
  const everything = ['Who makes soup?', 'I do', 'One moment', 'And another']
  expect(textsOf(again.view.get().items)).toEqual(everything)
  expect((await bob.lines()).filter((line) => line.includes(': '))).toHaveLength(everything.length)
  expect(said.get(room)).toEqual([])
})

test('what is asked for before the core is here is done when it is', async () => {
  const { house, anna, room, attic, early } = await begin()
  const { hearth } = early
  const renamed = hearth.createRoom('Cellar')
  hearth.changePrivacy({ typing: false })
  expect(hearth.privacy.get().typing).toBe(false)
  const timeline = hearth.openTimeline(room)
  const first = timeline.view.get().items.find((item) => item.type === 'message')
  const reacted = timeline.react(first?.key ?? '', '👍')
  early.become(anna.hearth)
  await settle(house)
  expect([(await renamed).ok, (await reacted).ok]).toEqual([true, true])
  expect(anna.hearth.privacy.get().typing).toBe(false)
  expect(hearth.rooms.get().map(({ name }) => name)).toContain('Cellar')
  // From now on everything is the core's.
  const later = hearth.openTimeline(attic)
  await settle(house)
  expect(later.view.get().status).toBe('ready')
})

test('P4: what is erased is not in what is kept from then on', async () => {
  const { house, anna, room } = await begin()
  const timeline = anna.hearth.openTimeline(room)
  await settle(house)
  const soup = timeline.view.get().items.find((item) => item.type === 'message' && item.text.includes('soup'))
  expect((await timeline.erase(soup?.key ?? '')).ok).toBe(true)
  await settle(house)
  const kept = await closeScreen(house, anna)
  expect(textsOf(kept.rooms.get(room)?.items ?? [])).toEqual(['I do'])
  expect(JSON.stringify([...kept.home.latest.values()])).not.toContain('soup')
})
