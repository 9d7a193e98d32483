import { expect, test } from 'vitest'
import { readingLimits } from '../../../shared/limits.ts'
import { linkChannels, type Link, type LogId, type Network } from '../ports.ts'
import { encodeSyncMessage, parseSyncMessage } from '../sync/messages.ts'
import { createHousehold, type Member } from '../testing/household.ts'
import { encodeReadingMessage, parseReadingMessage, type ReadingMessage } from './messages.ts'

const linkOf = (network: Network, to: Member): Link => {
  const link = network.links.get().find(({ device }) => device === to.id)
  if (!link) throw new Error('not linked')
  return link
}
const tell = (link: Link, message: ReadingMessage) =>
  link.send(linkChannels.pages, encodeSyncMessage({ type: 'reading', body: encodeReadingMessage(message) }))
const idOf = (member: Member) => member.hearth.me.get().id

const three = async () => {
  const house = createHousehold()
  const [anna, bob, mallory] = [
    await house.move('Anna'),
    await house.move('Bob'),
    await house.move('Mallory'),
  ]
  await house.connect(anna, bob, mallory)
  await house.clock.advance(3_000)
  return { house, anna, bob, mallory }
}

/** What of it all is about reading, from one to the other from now on. */
const overhear = (from: Member, to: Member): ReadingMessage[] => {
  const heard: ReadingMessage[] = []
  const link = linkOf(from.network, to)
  const send = link.send.bind(link)
  link.send = (channel, bytes) => {
    const message = channel === linkChannels.pages ? parseSyncMessage(bytes) : undefined
    const reading = message?.type === 'reading' ? parseReadingMessage(message.body) : undefined
    if (reading) heard.push(reading)
    send(channel, bytes)
  }
  return heard
}

test('R2: a mark is only ever the teller’s own, and shows nobody as a reader who lacks the message', async () => {
  const { house, anna, bob, mallory } = await three()
  const timeline = anna.hearth.openTimeline(anna.hearth.family.general)
  timeline.send('hello')
  await house.clock.advance(3_000)
  const nowMs = house.clock.now()
  const mark = { log: anna.hearth.family.general, ms: nowMs, counter: 9, atMs: nowMs, late: [] }
  tell(linkOf(mallory.network, anna), { type: 'marks', marks: [mark] })
  await house.clock.advance(100)
  const read = () =>
    timeline.view.get().items.flatMap((item) => {
      if (item.type !== 'message' || item.delivery?.status !== 'read') return []
      return [item.delivery.readers.map(({ person }) => person.id)]
    })
  expect(read()).toEqual([[idOf(mallory)]])
  house.cut(anna, mallory)
  house.cut(anna, bob)
  house.cut(bob, mallory)
  await house.clock.advance(100)
  timeline.send('said alone')
  await house.clock.advance(100)
  expect(read(), 'nobody has it').toHaveLength(1)
})

test('R2: what is no message of reading, and too many of them, is refused and listed', async () => {
  const { house, anna, mallory } = await three()
  const link = linkOf(mallory.network, anna)
  const body = Uint8Array.of(77)
  link.send(linkChannels.pages, encodeSyncMessage({ type: 'reading', body }))
  await house.clock.advance(100)
  expect(anna.hearth.refusals.get()).toMatchObject([
    { about: { type: 'sync' }, why: 'notASyncMessage', count: 1, from: { person: { name: 'Mallory' } } },
  ])
  for (let i = 0; i < readingLimits.messageBurst + 10; i++) tell(link, { type: 'about', lastSeen: true })
  await house.clock.advance(100)
  expect(anna.hearth.refusals.get()[0]).toMatchObject({ why: 'tooFast' })
  expect(link.isOpen).toBe(false)
})

test('R2: nobody changes what another person lets others know', async () => {
  const { house, anna, mallory } = await three()
  const privacy = { receipts: false, typing: false, lastSeen: false }
  tell(linkOf(mallory.network, anna), { type: 'privacy', privacy, decidedMs: house.clock.now() })
  await house.clock.advance(100)
  expect(anna.hearth.privacy.get()).toEqual({ receipts: true, typing: true, lastSeen: true })
})

test('Y1, R2: a private room is named to its members only, and a mark for it by anybody else counts for nothing', async () => {
  const { house, anna, bob, mallory } = await three()
  const made = await anna.hearth.createPrivateRoom({
    name: 'Surprise',
    members: [idOf(bob)],
    history: 'all',
  })
  const room = made.ok ? made.value : ('' as LogId)
  await house.clock.advance(3_000)
  const [toMallory, toAnna] = [overhear(bob, mallory), overhear(bob, anna)]
  const timeline = anna.hearth.openTimeline(room)
  timeline.send('cake at four')
  await house.clock.advance(3_000)
  const nowMs = house.clock.now()
  const mark = { log: room, ms: nowMs, counter: 0, atMs: nowMs, late: [] }
  tell(linkOf(mallory.network, anna), { type: 'marks', marks: [mark] })
  bob.hearth.markRead(room)
  await house.clock.advance(3_000)
  const named = (heard: readonly ReadingMessage[]) =>
    heard.flatMap((message) => (message.type === 'marks' ? message.marks.map(({ log }) => log) : []))
  expect(named(toAnna)).toContain(room)
  expect(named(toMallory)).not.toContain(room)
  expect(timeline.view.get().items.findLast(({ type }) => type === 'message')).toMatchObject({
    delivery: { status: 'read', readers: [{ person: { name: 'Bob' } }] },
  })
})
