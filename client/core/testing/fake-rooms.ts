import type { AccountId } from '../../../shared/identifiers.ts'
import { nameLimits } from '../../../shared/limits.ts'
import { foldName, parseTopic } from '../../../shared/names.ts'
import { fail, ok } from '../../../shared/result.ts'
import { mayActOn, type Role } from '../../../shared/roles.ts'
import type { Delivery, Hearth, NameProblem, Person, Room, RoomProblem, TimelineItem } from '../hearth.ts'
import type { Clock, LogId, StoreProblem } from '../ports.ts'
import { createValue, type MutableValue, type Value } from '../value.ts'
import { fakeLogId } from './fake-family.ts'
import { createFakeTimeline, type FakeTimeline } from './fake-timeline.ts'

export interface FakeRoom {
  name: string
  members: readonly Person[]
  items?: TimelineItem[]
  /** An open one, if not said otherwise. */
  kind?: Room['kind']
  roles?: readonly (readonly [Person, Role])[]
  history?: Room['history']
  keep?: Room['keep']
  topic?: string
}

type RoomVerbs = Pick<
  Hearth,
  | 'createRoom'
  | 'createPrivateRoom'
  | 'openDirect'
  | 'keepRoom'
  | 'setTopic'
  | 'addToRoom'
  | 'removeFromRoom'
  | 'renameRoom'
  | 'setRoomRole'
  | 'joinRoom'
  | 'leaveRoom'
>

export interface FakeRooms extends RoomVerbs {
  readonly rooms: MutableValue<readonly Room[]>
  timelineOf(id: LogId): FakeTimeline
  timelineNamed(name: string): FakeTimeline
}

type EventWish = Omit<Extract<TimelineItem, { type: 'event' }>, 'type' | 'key' | 'ms'>

/** Rooms of every kind, and what may be done in them, by the rules of G2. */
export const createFakeRooms = (options: {
  me: Value<Person>
  people: Value<readonly Person[]>
  rooms: readonly FakeRoom[]
  clock: Clock
  fate: readonly { afterMs: number; delivery: Delivery }[]
  problem: StoreProblem | undefined
  loadMs: number
}): FakeRooms => {
  const { me, people, clock, fate, problem, loadMs } = options
  const timelines = new Map<LogId, FakeTimeline>()
  let made = 0

  const makeRoom = (id: LogId, wish: FakeRoom): Room => {
    const { name, members, items = [], kind = 'open', roles = [], history = 'all' } = wish
    timelines.set(id, createFakeTimeline({ me: me.get(), clock, items, fate, loadMs }))
    return {
      id,
      kind,
      name,
      members,
      isGeneral: name === 'general',
      isJoined: members.some((member) => member.id === me.get().id),
      roles: new Map(roles.map(([person, role]) => [person.id, role])),
      history,
      keep: wish.keep ?? 'forever',
      mayChangeKeep: true,
      ...(wish.topic && { topic: wish.topic }),
    }
  }
  const directId = (person: Person) => fakeLogId(`direct ${person.id}`)
  const firstIdOf = ({ kind, name, members }: FakeRoom): LogId => {
    const other = members.find(({ isMe }) => !isMe)
    return kind === 'direct' && other ? directId(other) : fakeLogId(name)
  }

  const rooms = createValue<readonly Room[]>(options.rooms.map((room) => makeRoom(firstIdOf(room), room)))
  const bring = (room: Room) => {
    rooms.set([...rooms.get(), room])
    return Promise.resolve(ok(room.id))
  }
  const change = (id: LogId, how: (room: Room) => Room) =>
    rooms.set(rooms.get().map((room) => (room.id === id ? how(room) : room)))
  const timelineOf = (id: LogId): FakeTimeline => {
    const timeline = timelines.get(id)
    if (!timeline) throw new Error(`The fake family has no room ${id}`)
    return timeline
  }
  const asEvent = (event: EventWish): TimelineItem => ({
    type: 'event',
    key: `event-${made++}`,
    ms: clock.now(),
    ...event,
  })
  const tell = (id: LogId, event: EventWish) => timelineOf(id).happen(asEvent(event))

  const personOf = (id: AccountId): Person => {
    const person = people.get().find((one) => one.id === id)
    if (!person) throw new Error(`The fake family has no person ${id}`)
    return person
  }
  const checkName = (name: string): NameProblem | undefined => {
    if (name.trim() === '') return { type: 'nameEmpty' }
    if (name.length > nameLimits.maxRoomName) return { type: 'nameTooLong', limit: nameLimits.maxRoomName }
    const isTaken = rooms
      .get()
      .some((room) => room.kind !== 'direct' && foldName(room.name) === foldName(name))
    return isTaken ? { type: 'nameTaken' } : undefined
  }
  /** G2: undefined where I may act on `role` there. */
  const checkRole = (id: LogId, role: Role): RoomProblem | undefined => {
    const room = rooms.get().find((one) => one.id === id)
    const mine = room?.roles.get(me.get().id) ?? 'member'
    return problem ?? (mayActOn(mine, role) ? undefined : { type: 'roleTooLow' })
  }
  const roleOf = (id: LogId, account: AccountId): Role =>
    rooms
      .get()
      .find((room) => room.id === id)
      ?.roles.get(account) ?? 'member'
  const out = (room: Room, account: AccountId): Room => ({
    ...room,
    members: room.members.filter(({ id }) => id !== account),
    roles: new Map([...room.roles].filter(([id]) => id !== account)),
  })

  return {
    rooms,
    timelineOf,
    timelineNamed(name) {
      const room = rooms.get().find((one) => one.name === name)
      return timelineOf(room?.id ?? fakeLogId(name))
    },

    createRoom(name) {
      const wrong = checkName(name) ?? problem
      if (wrong) return Promise.resolve(fail(wrong))
      const items = [asEvent({ person: me.get(), event: 'created' })]
      return bring(makeRoom(fakeLogId(`room ${made++} ${name}`), { name, members: [me.get()], items }))
    },
    createPrivateRoom({ name, members, history }) {
      const wrong = checkName(name) ?? problem
      if (wrong) return Promise.resolve(fail(wrong))
      const mine = me.get()
      const added = members.map(personOf)
      const items = [
        asEvent({ person: mine, event: 'created' }),
        ...added.map((person) => asEvent({ person, event: 'added', by: mine })),
      ]
      const id = fakeLogId(`private ${made++} ${name}`)
      const roles = [[mine, 'owner']] as const
      return bring(makeRoom(id, { name, members: [mine, ...added], items, kind: 'private', roles, history }))
    },
    openDirect(account) {
      if (problem) return Promise.resolve(fail(problem))
      const person = personOf(account)
      const id = directId(person)
      if (timelines.has(id)) return Promise.resolve(ok(id))
      return bring(makeRoom(id, { name: person.name, members: [me.get(), person], kind: 'direct' }))
    },

    addToRoom(id, account) {
      const wrong = checkRole(id, 'member')
      if (wrong) return Promise.resolve(fail(wrong))
      const person = personOf(account)
      change(id, (room) => ({ ...out(room, account), members: [...out(room, account).members, person] }))
      tell(id, { person, event: 'added', by: me.get() })
      return Promise.resolve(ok(undefined))
    },
    removeFromRoom(id, account) {
      const wrong = checkRole(id, roleOf(id, account))
      if (wrong) return Promise.resolve(fail(wrong))
      change(id, (room) => out(room, account))
      tell(id, { person: personOf(account), event: 'removed', by: me.get() })
      tell(id, { person: me.get(), event: 'keysChanged' })
      return Promise.resolve(ok(undefined))
    },
    renameRoom(id, name) {
      const isSame = rooms.get().some((room) => room.id === id && foldName(room.name) === foldName(name))
      const wrong = checkRole(id, 'member') ?? (isSame ? undefined : checkName(name))
      if (wrong) return Promise.resolve(fail(wrong))
      change(id, (room) => ({ ...room, name }))
      tell(id, { person: me.get(), event: 'renamed', name })
      return Promise.resolve(ok(undefined))
    },
    setRoomRole(id, account, role) {
      const wrong = checkRole(id, 'admin')
      if (wrong) return Promise.resolve(fail(wrong))
      change(id, (room) => ({ ...room, roles: new Map([...room.roles, [account, role]]) }))
      const event = role === 'admin' ? 'becameAdmin' : 'becameMember'
      tell(id, { person: personOf(account), event, by: me.get() })
      return Promise.resolve(ok(undefined))
    },

    keepRoom(id, keep) {
      if (problem) return Promise.resolve(fail(problem))
      change(id, (room) => ({ ...room, keep }))
      tell(id, { person: me.get(), event: 'retained', keep })
      return Promise.resolve(ok(undefined))
    },
    setTopic(id, wanted) {
      const parsed = parseTopic(wanted)
      if (!parsed.ok) return Promise.resolve(parsed)
      if (problem) return Promise.resolve(fail(problem))
      const topic = parsed.value
      change(id, ({ topic: _before, ...room }) => (topic === '' ? room : { ...room, topic }))
      tell(id, { person: me.get(), event: 'topicChanged', topic })
      return Promise.resolve(ok(undefined))
    },
    joinRoom(id) {
      if (problem) return Promise.resolve(fail(problem))
      change(id, (room) => ({ ...room, isJoined: true, members: [...room.members, me.get()] }))
      return Promise.resolve(ok(undefined))
    },
    leaveRoom(id) {
      if (problem) return Promise.resolve(fail(problem))
      // Of a private room nobody sees anything who is not in it.
      if (rooms.get().some((room) => room.id === id && room.kind === 'private'))
        rooms.set(rooms.get().filter((room) => room.id !== id))
      else change(id, (room) => ({ ...out(room, me.get().id), isJoined: false }))
      return Promise.resolve(ok(undefined))
    },
  }
}
