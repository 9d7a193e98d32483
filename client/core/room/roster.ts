import type { DeviceId } from '../../../shared/identifiers.ts'
import type { FamilyState } from '../group/family-state.ts'
import type { ConnectionState, Person, Room } from '../hearth.ts'
import type { LogId, Network } from '../ports.ts'
import { createValue, type Value } from '../value.ts'

/** Who is in the family, who is here, which rooms there are, and how the wires do. */
export interface Roster {
  readonly me: Value<Person | undefined>
  readonly people: Value<readonly Person[]>
  readonly rooms: Value<readonly Room[]>
  readonly connection: Value<ConnectionState>
  typingIn(room: LogId): Value<readonly Person[]>
  person(device: DeviceId): Person
  close(): void
}

export interface RosterOptions {
  me: DeviceId
  general: LogId
  family: Value<FamilyState>
  network: Value<Network | undefined>
}

export const createRoster = ({ me, general, family, network }: RosterOptions): Roster => {
  const isHere = (device: DeviceId) =>
    device === me ||
    (network
      .get()
      ?.links.get()
      .some((link) => link.device === device) ??
      false)

  const person = (device: DeviceId): Person => ({
    device,
    name: family.get().names.get(device) ?? 'Somebody',
    isMe: device === me,
    isHere: isHere(device),
  })
  const readMe = () => (family.get().names.has(me) ? person(me) : undefined)
  const readPeople = () => [...family.get().names.keys()].map(person).sort(byMeThenName)
  const readRooms = () =>
    [...family.get().rooms.values()].map((room): Room => {
      const isGeneral = room.id === general
      const isJoined = isGeneral || room.members.has(me)
      return {
        id: room.id,
        name: room.name,
        isGeneral,
        isJoined,
        members: [...room.members].map(person).sort(byMeThenName),
      }
    })
  const readConnection = (): ConnectionState => ({
    server: network.get()?.server.get() ?? 'notYet',
    linkedDevices: network.get()?.links.get().length ?? 0,
  })
  const readTyping = (room: LogId) =>
    [...(network.get()?.presence.get() ?? [])]
      .filter(([device, presence]) => presence.typingIn === room && device !== me)
      .map(([device]) => person(device))

  const values = {
    me: createValue(readMe()),
    people: createValue<readonly Person[]>(readPeople()),
    rooms: createValue<readonly Room[]>(readRooms()),
    connection: createValue(readConnection()),
  }
  const typing = new Map<LogId, ReturnType<typeof createValue<readonly Person[]>>>()

  const refresh = () => {
    values.me.set(readMe())
    values.people.set(readPeople())
    values.rooms.set(readRooms())
    values.connection.set(readConnection())
    refreshTyping()
  }
  const refreshTyping = () => {
    for (const [room, value] of typing) value.set(readTyping(room))
  }

  let leaveNetwork: (() => void)[] = []
  const leave = [
    family.subscribe(refresh),
    network.subscribe((attached) => {
      for (const off of leaveNetwork) off()
      leaveNetwork = attached
        ? [
            attached.links.subscribe(refresh),
            attached.server.subscribe(refresh),
            attached.presence.subscribe(refreshTyping),
          ]
        : []
      refresh()
    }),
  ]

  return {
    ...values,
    person,
    typingIn(room) {
      const value = typing.get(room) ?? createValue<readonly Person[]>(readTyping(room))
      typing.set(room, value)
      return value
    },
    close() {
      for (const off of [...leave, ...leaveNetwork]) off()
    },
  }
}

const byMeThenName = (left: Person, right: Person): number =>
  Number(right.isMe) - Number(left.isMe) || left.name.localeCompare(right.name)
