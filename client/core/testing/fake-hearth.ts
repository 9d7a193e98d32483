import type { AccountId } from '../../../shared/identifiers.ts'
import type {
  ConnectionState,
  Delivery,
  Hearth,
  HistoryProgress,
  LatestLine,
  OwnFork,
  Person,
  Privacy,
  RefusedThing,
  UnreadCount,
} from '../hearth.ts'
import type { DeviceStorage } from '../device-storage.ts'
import type { Clock, LogId, StoreProblem } from '../ports.ts'
import { ok } from '../../../shared/result.ts'
import { createValue, type MutableValue } from '../value.ts'
import { createFakeRooms, type FakeRoom } from './fake-rooms.ts'
import type { FakeTimeline } from './fake-timeline.ts'

/** A Hearth without a store or a network: what it shows is made up, and a test or the gallery moves it by hand. */
export interface FakeHearth extends Hearth {
  readonly connection: MutableValue<ConnectionState>
  readonly isHistoryComing: MutableValue<boolean>
  readonly history: MutableValue<HistoryProgress | undefined>
  readonly me: MutableValue<Person>
  readonly people: MutableValue<readonly Person[]>
  readonly refusals: MutableValue<readonly RefusedThing[]>
  readonly unread: MutableValue<ReadonlyMap<LogId, UnreadCount>>
  readonly latest: MutableValue<ReadonlyMap<LogId, LatestLine>>
  readonly lastSeen: MutableValue<ReadonlyMap<AccountId, number>>
  readonly storage: MutableValue<DeviceStorage | undefined>
  /** Changes what everybody sees of one person. */
  changePerson(id: AccountId, change: Partial<Person>): void
  room(name: string): FakeTimeline
}

export const createFakeHearth = (options: {
  me: Person
  people: readonly Person[]
  rooms: readonly FakeRoom[]
  clock: Clock
  connection?: ConnectionState
  isHistoryComing?: boolean
  history?: HistoryProgress
  fate?: readonly { afterMs: number; delivery: Delivery }[]
  /** What every change of rooms fails with, to see the words for it. */
  problem?: StoreProblem
  loadMs?: number
  refusals?: readonly RefusedThing[]
  ownForks?: readonly OwnFork[]
  unread?: ReadonlyMap<LogId, UnreadCount>
  latest?: ReadonlyMap<LogId, LatestLine>
  lastSeen?: ReadonlyMap<AccountId, number>
  storage?: DeviceStorage
}): FakeHearth => {
  const { me, clock, fate = [], problem, loadMs = 0 } = options
  const myself = createValue(me)
  const people = createValue(options.people)
  const connection = createValue<ConnectionState>(
    options.connection ?? { server: 'connected', linkedDevices: 2 },
  )
  const { rooms, timelineOf, timelineNamed, ...verbs } = createFakeRooms({
    me: myself,
    people,
    rooms: options.rooms,
    clock,
    fate,
    problem,
    loadMs,
  })

  const privacy = createValue<Privacy>({ receipts: true, typing: true, lastSeen: true })

  return {
    ...verbs,
    me: myself,
    people,
    rooms,
    connection,
    isHistoryComing: createValue(options.isHistoryComing ?? false),
    history: createValue(options.history),
    refusals: createValue(options.refusals ?? []),
    ownForks: createValue(options.ownForks ?? []),
    unread: createValue(options.unread ?? new Map<LogId, UnreadCount>()),
    latest: createValue(options.latest ?? new Map<LogId, LatestLine>()),
    lastSeen: createValue(options.lastSeen ?? new Map<AccountId, number>()),
    storage: createValue(options.storage),
    privacy,
    markRead: () => undefined,
    changePrivacy: (change) => privacy.set({ ...privacy.get(), ...change }),
    room: timelineNamed,
    changePerson(id, change) {
      const changed = (person: Person) => (person.id === id ? { ...person, ...change } : person)
      myself.set(changed(myself.get()))
      people.set(people.get().map(changed))
      rooms.set(rooms.get().map((room) => ({ ...room, members: room.members.map(changed) })))
    },
    openTimeline: (id) => timelineOf(id).open(),
    prepareRoom: () => Promise.resolve(),
    sendTo: (id, wish) => {
      timelineOf(id).open().send(wish)
      return Promise.resolve(ok(undefined))
    },
    close: () => Promise.resolve(),
  }
}
