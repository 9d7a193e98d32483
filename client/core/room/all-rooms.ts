import type { AccountId } from '../../../shared/identifiers.ts'
import type { FamilyState } from '../group/family-state.ts'
import type { PrivateGroups } from '../group/private-groups.ts'
import type { Logs } from '../log/logs.ts'
import type { LogId } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import { openRoomFacts, privateRoomFacts, type RoomFacts } from './room-facts.ts'

/** Every room that somebody at this device may see now. */
export interface AllRooms {
  readonly rooms: Value<ReadonlyMap<LogId, RoomFacts>>
  /** Shows a conversation in which nothing was said yet. */
  show(room: LogId): void
  close(): void
}

export interface AllRoomsOptions {
  me: AccountId
  family: Value<FamilyState>
  groups: PrivateGroups
  logs: Logs
}

export const createAllRooms = ({ me, family, groups, logs }: AllRoomsOptions): AllRooms => {
  const shown = new Set<LogId>()
  const hasBegun = (room: LogId) => shown.has(room) || logs.lengths().has(room)
  const read = (): ReadonlyMap<LogId, RoomFacts> => {
    const ours = groups.all
      .get()
      .filter(
        (group) => group.isMember(me) && (group.genesis.type === 'room' || hasBegun(group.genesis.content)),
      )
    const facts = [...openRoomFacts(family.get()), ...ours.map(privateRoomFacts)]
    return new Map(facts.map((room) => [room.id, room]))
  }
  const rooms = createValue(read())
  const refresh = () => rooms.set(read())
  const leave = [
    family.subscribe(refresh),
    groups.all.subscribe(refresh),
    logs.onArrival(({ log }) => {
      if (!rooms.get().has(log) && groups.ofRoom(log)) refresh()
    }),
  ]
  return {
    rooms,
    show(room) {
      if (shown.has(room)) return
      shown.add(room)
      refresh()
    },
    close() {
      for (const off of leave) off()
    },
  }
}
