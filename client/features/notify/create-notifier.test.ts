import { expect, test } from 'vitest'
import { createValue } from '../../core/value.ts'
import type { LatestLine, Person, UnreadCount } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'
import { anna, bob, fakeLogId } from '../../core/testing/fake-family.ts'
import { changeWishes, noRoomWish, type RoomWishes } from '../room-wishes.ts'
import { createNotifier } from './create-notifier.ts'
import { noNotifySettings } from './notify-settings.ts'
import type { Leave, Teller } from './teller.ts'

const garden = fakeLogId('Garden')
const direct = fakeLogId('Bob')
const base = {
  isJoined: true,
  isGeneral: false,
  roles: new Map(),
  history: 'all' as const,
  keep: 'forever' as const,
  mayChangeKeep: false,
}

const begin = (leave: Leave = 'granted', other: Person = bob) => {
  const did: string[] = []
  const teller: Teller = {
    leave: createValue(leave),
    askLeave: () => Promise.resolve(leave),
    show: (_room, { title, body }) => did.push(`show ${title}: ${body}`),
    close: () => did.push('close'),
    sound: () => did.push('sound'),
    badge: (count) => did.push(`badge ${count}`),
    onOpen: () => () => undefined,
    end: () => did.push('end'),
  }
  const rooms = createValue([
    { ...base, id: garden, kind: 'open' as const, name: 'Garden', members: [anna, other] },
    { ...base, id: direct, kind: 'direct' as const, name: 'Bob', members: [anna, other] },
  ])
  const unread = createValue<ReadonlyMap<LogId, UnreadCount>>(new Map())
  const latest = createValue<ReadonlyMap<LogId, LatestLine>>(new Map())
  const wishes = createValue<RoomWishes>(new Map())
  const settings = createValue({ ...noNotifySettings, isOn: true })
  let lookedAt: LogId | undefined
  let now = 100
  const notifier = createNotifier({
    hearth: { rooms, unread, latest },
    wishes,
    settings,
    teller,
    sinceMs: 100,
    roomLookedAt: () => lookedAt,
    nowMs: () => now,
    minuteOfDay: () => 720,
    onCount: (count) => did.push(`count ${count}`),
  })
  const take = async () => {
    await Promise.resolve()
    return did.splice(0).filter((what) => !what.startsWith('badge'))
  }
  return {
    wishes,
    notifier,
    take,
    look: (room: LogId | undefined) => (lookedAt = room),
    come(room: LogId, text: string, messages: number) {
      now += 10_000
      latest.set(new Map([...latest.get(), [room, { ms: now, author: other, text, type: 'message' }]]))
      unread.set(new Map([...unread.get(), [room, { messages, mentions: 0, hasMissedCall: false }]]))
    },
    read(room: LogId) {
      const left = new Map(unread.get())
      left.delete(room)
      unread.set(left)
    },
  }
}

test('ux 34: what comes is shown, sounds and is counted; it goes when it is read', async () => {
  const { take, come, read } = begin()
  expect(await take()).toEqual(['count 0'])
  come(garden, 'The beans are up', 1)
  expect(await take()).toEqual(['show Bob · Garden: The beans are up', 'sound', 'count 1'])
  read(garden)
  expect(await take()).toEqual(['close', 'count 0'])
})

test('ux 34: the room one looks at tells nothing; the others do', async () => {
  const { take, come, look } = begin()
  look(garden)
  come(garden, 'Hello', 1)
  come(direct, 'Psst', 1)
  expect(await take()).toEqual(['count 0', 'show Bob: Psst', 'sound', 'count 2'])
})

test('ux 33: without the browser’s leave nothing is shown and nothing sounds', async () => {
  const { take, come } = begin('denied')
  come(garden, 'Hello', 1)
  expect(await take()).toEqual(['count 0', 'count 1'])
})

test('ux 33: a muted room is neither told nor counted', async () => {
  const { take, come, wishes } = begin()
  wishes.set(changeWishes(new Map(), garden, { ...noRoomWish, mutedUntil: 'forGood' }))
  come(garden, 'Hello', 1)
  expect(await take()).toEqual(['count 0', 'count 0'])
})

test('ux 23: whoever is blocked is neither told nor counted in their direct messages', async () => {
  const { take, come } = begin('granted', { ...bob, isBlocked: true })
  come(direct, 'Hello', 1)
  come(garden, 'Hello', 1)
  expect((await take()).filter((what) => what.startsWith('show') || what === 'sound')).toEqual([])
})

test('after it is closed nothing is told', async () => {
  const { take, come, notifier } = begin()
  notifier.close()
  come(garden, 'Hello', 1)
  expect(await take()).toEqual(['count 0', 'end'])
})
