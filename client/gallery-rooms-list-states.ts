import type { LatestLine, Person, UnreadCount } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import { anna, bob, everybody, fakeLogId, grandpa, layla, mia } from './core/testing/fake-family.ts'
import type { FakeHearth } from './core/testing/fake-hearth.ts'
import type { FakeRoom } from './core/testing/fake-rooms.ts'
import type { AppState } from './features/app-state.ts'
import { createRoomWishStore } from './features/room-wish-store.ts'
import { noRoomWish, type RoomWish } from './features/room-wishes.ts'
import { readLocalStorage } from './ui/local-storage.ts'

interface RoomsListTools {
  hearthWith: (wanted: {
    rooms: readonly FakeRoom[]
    people?: readonly Person[]
    latest?: ReadonlyMap<LogId, LatestLine>
    unread?: ReadonlyMap<LogId, UnreadCount>
  }) => FakeHearth
  ready: (hearth: FakeHearth) => AppState
}

const minuteMs = 60_000
const directWith = (person: Person): LogId => fakeLogId(`direct ${person.id}`)
const garden = fakeLogId('Garden')
const football = fakeLogId('Football')
const lake = fakeLogId('Summer at the lake 2026')
const secret = fakeLogId('Surprise for Mia')

const rooms: readonly FakeRoom[] = [
  { name: 'general', members: everybody },
  { name: 'Garden', members: [anna, mia, grandpa] },
  { name: 'Football', members: [anna, bob, grandpa] },
  { name: 'Summer at the lake 2026', members: [anna, bob, mia, layla] },
  { name: 'Recipes', members: [anna] },
  { name: 'Surprise for Mia', members: [anna, bob], kind: 'private', roles: [[anna, 'owner']] },
  { name: 'Bob', members: [anna, bob], kind: 'direct' },
  { name: 'Grandpa Joe', members: [anna, grandpa], kind: 'direct' },
  { name: 'ليلى', members: [anna, layla], kind: 'direct' },
]

const said = (minutesAgo: number, author: Person, text: string): LatestLine => ({
  ms: Date.now() - minutesAgo * minuteMs,
  author,
  text,
  type: 'message',
})
const unread = (messages: number, more: Partial<UnreadCount> = {}): UnreadCount => ({
  messages,
  mentions: 0,
  hasMissedCall: false,
  ...more,
})

const latest = (): ReadonlyMap<LogId, LatestLine> =>
  new Map([
    [fakeLogId('general'), said(4, mia, 'Who has the keys of the boat house? @Anna perhaps?')],
    [garden, said(70, grandpa, 'The beans are up,\nand so are the snails.')],
    [football, said(26 * 60, bob, 'Training is at six')],
    [lake, said(9 * 24 * 60, anna, 'Two loaves and the salad')],
    [secret, said(3 * 60, bob, 'I know where to get a boat.')],
    [directWith(bob), { ...said(2, bob, ''), type: 'call' }],
    [directWith(grandpa), { ...said(5 * 24 * 60, grandpa, ''), type: 'erased' }],
    [directWith(layla), said(30, layla, 'هل ستأتون يوم الجمعة أيضا؟ اشتقنا إليكم كثيرا')],
  ])
const counts: ReadonlyMap<LogId, UnreadCount> = new Map([
  [fakeLogId('general'), unread(3, { mentions: 1 })],
  [garden, unread(100)],
  [football, unread(7)],
  [directWith(bob), unread(0, { hasMissedCall: true })],
  [directWith(layla), unread(1)],
])

/** What this browser is to remember of the rooms while the state is shown. */
const wish = (wishes: readonly (readonly [LogId, Partial<RoomWish>])[]) => {
  const store = createRoomWishStore({ storage: readLocalStorage(), account: anna.id })
  for (const id of store.all.get().keys()) store.change(id, noRoomWish)
  for (const [id, change] of wishes) store.change(id, change)
}

/** The list of rooms, with all it can say of one. */
export const roomsListStates = ({ hearthWith, ready }: RoomsListTools): Record<string, () => AppState> => ({
  roomsList: () => {
    wish([
      [garden, { isFavourite: true }],
      [football, { mutedUntil: 'forGood' }],
      [lake, { archivedAtMs: Date.now() }],
    ])
    return ready(hearthWith({ rooms, latest: latest(), unread: counts }))
  },
  roomsArchived: () => {
    wish(rooms.map(({ name }) => [fakeLogId(name), { archivedAtMs: Date.now() }]))
    return ready(hearthWith({ rooms: rooms.filter(({ kind }) => kind === undefined) }))
  },
})
