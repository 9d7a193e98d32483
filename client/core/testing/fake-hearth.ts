import type { AccountId } from '../../../shared/identifiers.ts'
import { nameLimits } from '../../../shared/limits.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ConnectionState, Delivery, Hearth, NameProblem, Person, Room, TimelineItem } from '../hearth.ts'
import type { Clock, LogId, StoreProblem } from '../ports.ts'
import { createValue, type MutableValue } from '../value.ts'
import { fakeLogId } from './fake-family.ts'
import { createFakeTimeline, type FakeTimeline } from './fake-timeline.ts'

/** A Hearth without a store or a network: what it shows is made up, and a test or the gallery moves it by hand. */
export interface FakeHearth extends Hearth {
  readonly connection: MutableValue<ConnectionState>
  readonly me: MutableValue<Person>
  readonly people: MutableValue<readonly Person[]>
  /** Changes what everybody sees of one person. */
  changePerson(id: AccountId, change: Partial<Person>): void
  room(name: string): FakeTimeline
}

export interface FakeRoom {
  name: string
  members: readonly Person[]
  items?: TimelineItem[]
}

export const createFakeHearth = (options: {
  me: Person
  people: readonly Person[]
  rooms: readonly FakeRoom[]
  clock: Clock
  connection?: ConnectionState
  fate?: readonly { afterMs: number; delivery: Delivery }[]
  /** What every change of rooms fails with, to see the words for it. */
  problem?: StoreProblem
  loadMs?: number
}): FakeHearth => {
  const { me, clock, fate = [], problem, loadMs = 0 } = options
  const timelines = new Map<LogId, FakeTimeline>()

  const makeRoom = ({ name, members, items = [] }: FakeRoom): Room => {
    const id = fakeLogId(name)
    timelines.set(id, createFakeTimeline({ me, clock, items, fate, loadMs }))
    return { id, name, members, isGeneral: name === 'general', isJoined: members.includes(me) }
  }

  const timelineOf = (id: LogId): FakeTimeline => {
    const timeline = timelines.get(id)
    if (!timeline) throw new Error(`The fake family has no room ${id}`)
    return timeline
  }

  const rooms = createValue<readonly Room[]>(options.rooms.map(makeRoom))
  const myself = createValue(me)
  const people = createValue(options.people)
  const connection = createValue<ConnectionState>(
    options.connection ?? { server: 'connected', linkedDevices: 2 },
  )

  const checkName = (name: string): NameProblem | undefined => {
    if (name.trim() === '') return { type: 'nameEmpty' }
    if (name.length > nameLimits.maxRoomName) return { type: 'nameTooLong', limit: nameLimits.maxRoomName }
    return undefined
  }

  const change = (id: LogId, isJoined: boolean) => {
    if (problem) return Promise.resolve(fail(problem))
    const move = (members: readonly Person[]) =>
      isJoined ? [...members, me] : members.filter(({ id: member }) => member !== me.id)
    rooms.set(
      rooms.get().map((room) => (room.id === id ? { ...room, isJoined, members: move(room.members) } : room)),
    )
    return Promise.resolve(ok(undefined))
  }

  return {
    me: myself,
    people,
    rooms,
    connection,
    room: (name) => timelineOf(fakeLogId(name)),
    changePerson(id, change) {
      const changed = (person: Person) => (person.id === id ? { ...person, ...change } : person)
      myself.set(changed(myself.get()))
      people.set(people.get().map(changed))
      rooms.set(rooms.get().map((room) => ({ ...room, members: room.members.map(changed) })))
    },
    createRoom(name) {
      const wrong = checkName(name) ?? problem
      if (wrong) return Promise.resolve(fail(wrong))
      if (rooms.get().some((room) => room.name.toLowerCase() === name.toLowerCase()))
        return Promise.resolve(fail({ type: 'nameTaken' }))
      const created: TimelineItem = {
        type: 'event',
        key: 'created',
        ms: clock.now(),
        person: me,
        event: 'created',
      }
      const room = makeRoom({ name, members: [me], items: [created] })
      rooms.set([...rooms.get(), room])
      return Promise.resolve(ok(room.id))
    },
    joinRoom: (id) => change(id, true),
    leaveRoom: (id) => change(id, false),
    openTimeline: (id) => timelineOf(id).open(),
    close: () => Promise.resolve(),
  }
}
