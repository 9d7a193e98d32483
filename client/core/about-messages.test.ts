import { expect, test } from 'vitest'
import type { MessageItem } from './hearth.ts'
import { entryKinds } from './log/entry.ts'
import { encodeAnnotation } from './room/annotation-body.ts'
import { createHousehold, type Member } from './testing/household.ts'

type House = ReturnType<typeof createHousehold>
const settle = (house: House) => house.clock.advance(50)

const open = async (member: Member, room = member.hearth.family.general) => {
  const timeline = member.hearth.openTimeline(room)
  await member.hearth.whenShown()
  const find = (text: string): MessageItem => {
    const item = timeline.view.get().items.find((one) => one.type === 'message' && one.text === text)
    if (item?.type !== 'message') throw new Error(`${member.name} does not see ${text}`)
    return item
  }
  return { timeline, find }
}

const twoTalking = async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  anna.say('Who makes soup?')
  await settle(house)
  return { house, anna, bob, atAnna: await open(anna), atBob: await open(bob) }
}

test('reactions: the other sees who gave which, another takes its place, and it can be taken back', async () => {
  const { house, bob, atAnna, atBob } = await twoTalking()
  const { key } = atBob.find('Who makes soup?')
  await atBob.timeline.react(key, '👍')
  await settle(house)
  const [given] = atAnna.find('Who makes soup?').reactions ?? []
  expect(given?.emoji).toBe('👍')
  expect(given?.people.map(({ name }) => name)).toEqual(['Bob'])
  expect([given?.isMine, atBob.find('Who makes soup?').reactions?.[0]?.isMine]).toEqual([false, true])
  await atBob.timeline.react(key, '❤️')
  await settle(house)
  expect(atAnna.find('Who makes soup?').reactions?.map(({ emoji }) => emoji)).toEqual(['❤️'])
  await atBob.timeline.react(key, undefined)
  await settle(house)
  expect(atAnna.find('Who makes soup?').reactions).toBeUndefined()
  expect((await atBob.timeline.react(key, 'not an emoji')).ok).toBe(false)
  expect(bob.hearth.refusals.get()).toEqual([])
})

test('edits: the new text everywhere, with what was said before, also after a restart and for a newcomer', async () => {
  const { house, anna, bob, atAnna } = await twoTalking()
  await atAnna.timeline.edit(atAnna.find('Who makes soup?').key, { text: 'Who makes cake?' })
  await settle(house)
  const again = await open(await bob.restart())
  expect(again.find('Who makes cake?').edited?.earlier.map(({ text }) => text)).toEqual(['Who makes soup?'])
  const carla = await house.move('Carla')
  await house.connect(anna, carla)
  await settle(house)
  expect((await open(carla)).find('Who makes cake?').edited?.earlier).toHaveLength(1)
})

test('edits: what somebody else writes over a message changes nothing', async () => {
  const { house, bob, atAnna, atBob } = await twoTalking()
  const { key, mayEdit } = atBob.find('Who makes soup?')
  expect(mayEdit).toBeUndefined()
  await atBob.timeline.edit(key, { text: 'forged' })
  const body = encodeAnnotation({ type: 'edit', target: { feed: 1, seq: 1 }, content: { text: 'nowhere' } })
  if (body.ok) await bob.hearth.logs.append(bob.hearth.family.general, entryKinds.annotation, body.value)
  await settle(house)
  expect(atAnna.find('Who makes soup?').edited).toBeUndefined()
  expect(atAnna.timeline.view.get().items.filter(({ type }) => type === 'message')).toHaveLength(1)
})

test('P4: what is erased goes with every text that it ever had, from both disks', async () => {
  const { house, anna, bob, atAnna } = await twoTalking()
  const { key } = atAnna.find('Who makes soup?')
  await atAnna.timeline.edit(key, { text: 'Who makes cake?' })
  await atAnna.timeline.edit(key, { text: 'Who makes pie?' })
  await settle(house)
  expect((await atAnna.timeline.erase(key)).ok).toBe(true)
  await settle(house)
  const room = anna.hearth.family.general
  for (const member of [anna, bob]) {
    expect((await member.lines()).at(-1)).toBe('Anna erased what Anna said')
    expect(await member.hearth.logs.readAbout(room, 0)).toEqual([])
  }
  expect((await atAnna.timeline.react(key, '👍')).ok).toBe(false)
})

test('replies quote what is here, from further back than the screen reaches too, and lead there', async () => {
  const { house, anna, atAnna, bob } = await twoTalking()
  const { key } = atAnna.find('Who makes soup?')
  for (let count = 0; count < 120; count++) {
    anna.say(`message ${count}`)
    await house.clock.advance(1)
  }
  atAnna.timeline.send({ text: 'I do', replyTo: key })
  await settle(house)
  const atBob = await open(bob)
  await settle(house)
  const quote = atBob.find('I do').replyTo
  expect([quote?.author?.name, quote?.text]).toEqual(['Anna', 'Who makes soup?'])
  expect(() => atBob.find('Who makes soup?')).toThrow()
  expect(await atBob.timeline.reach(quote?.key ?? '')).toBe(true)
  expect(atBob.find('Who makes soup?').key).toBe(quote?.key)
  expect(await atBob.timeline.reach('1-0-77')).toBe(false)
  expect(await atBob.timeline.reach('nonsense')).toBe(false)
})

test('P4: a quote of what was erased shows nothing of it', async () => {
  const { house, atAnna, atBob } = await twoTalking()
  const { key } = atAnna.find('Who makes soup?')
  atBob.timeline.send({ text: 'I do', replyTo: key })
  await settle(house)
  await atAnna.timeline.erase(key)
  await settle(house)
  expect(atBob.find('I do').replyTo?.text).toBeUndefined()
})

test('polls: each counts once, on every device alike', async () => {
  const { house, atAnna, atBob } = await twoTalking()
  const poll = { options: ['soup', 'cake'], allowsSeveral: false }
  atAnna.timeline.send({ text: 'What shall we eat?', poll })
  await settle(house)
  await atBob.timeline.vote(atBob.find('What shall we eat?').key, [1])
  await atAnna.timeline.vote(atAnna.find('What shall we eat?').key, [0])
  await atAnna.timeline.vote(atAnna.find('What shall we eat?').key, [1])
  await settle(house)
  for (const at of [atAnna, atBob]) {
    const options = at.find('What shall we eat?').poll?.options
    expect(options?.map(({ voters }) => voters.map(({ name }) => name).sort())).toEqual([[], ['Anna', 'Bob']])
  }
})

test('pins: found wherever they stand, after a restart too, and gone when taken off or erased', async () => {
  const { house, bob, atAnna, atBob } = await twoTalking()
  await atBob.timeline.pin(atBob.find('Who makes soup?').key, true)
  await settle(house)
  const shown = (at: typeof atAnna) => at.timeline.pins.get().map(({ text, by }) => [text, by.name])
  expect(shown(atAnna)).toEqual([['Who makes soup?', 'Bob']])
  expect(atAnna.find('Who makes soup?').isPinned).toBe(true)
  const again = await open(await bob.restart())
  await settle(house)
  expect(shown(again)).toEqual([['Who makes soup?', 'Bob']])
  await atAnna.timeline.erase(atAnna.find('Who makes soup?').key)
  await settle(house)
  expect(shown(atAnna)).toEqual([])
})

test('a message said in a room that is not open carries who had written it', async () => {
  const { house, anna, bob, atBob } = await twoTalking()
  const made = await anna.hearth.createRoom('Kitchen')
  if (!made.ok) throw new Error(made.problem.type)
  await settle(house)
  await bob.hearth.joinRoom(made.value)
  const { author } = atBob.find('Who makes soup?')
  await bob.hearth.sendTo(made.value, { text: 'Who makes soup?', forwardedFrom: author.id })
  await settle(house)
  const there = await open(anna, made.value)
  expect(there.find('Who makes soup?').forwardedFrom?.name).toBe('Anna')
})

test('P8: what is about messages goes when its time is over, and holds up no page', async () => {
  const { house, anna, atAnna } = await twoTalking()
  const room = anna.hearth.family.general
  await atAnna.timeline.react(atAnna.find('Who makes soup?').key, '👍')
  await atAnna.timeline.edit(atAnna.find('Who makes soup?').key, { text: 'Who makes cake?' })
  await anna.hearth.keepRoom(room, 'week')
  // A machine that slept for as long: nobody waits for each of the timers of nine days.
  await house.clock.sleep(9 * 24 * 60 * 60 * 1000)
  await anna.hearth.logs.sweep(room)
  expect(await anna.hearth.logs.readAbout(room, 0)).toEqual([])
})
