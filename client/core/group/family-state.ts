import type { DeviceId } from '../../../shared/identifiers.ts'
import { nameLimits } from '../../../shared/limits.ts'
import { entryKinds, type EntryTime } from '../log/entry.ts'
import { compareTimes } from '../log/hybrid-clock.ts'
import type { FeedId, LogId } from '../ports.ts'
import type { ControlBody } from './control-bodies.ts'
import { foldName, parsePersonName, parseRoomName, uniqueName } from './names.ts'

/** One readable entry of the family document. */
export interface ControlEntry {
  feed: FeedId
  device: DeviceId
  seq: number
  time: EntryTime
  body: ControlBody
}

export type RoomEventType = 'created' | 'joined' | 'left'

export interface RoomEvent {
  key: string
  type: RoomEventType
  device: DeviceId
  ms: number
}

export interface RoomState {
  id: LogId
  name: string
  members: ReadonlySet<DeviceId>
  events: readonly RoomEvent[]
}

export interface FamilyState {
  /** Names as people see them, each only once. */
  names: ReadonlyMap<DeviceId, string>
  rooms: ReadonlyMap<LogId, RoomState>
}

const compareEntries = (left: ControlEntry, right: ControlEntry): number =>
  compareTimes(left.time, right.time) || left.feed - right.feed || left.seq - right.seq

/**
 * What a set of entries says: the same for every order in which they came (G7). The earliest to take a name keeps it, the
 * later one is "name (2)" for all alike (G8). Everybody is in the general room, which no entry made.
 */
export const foldFamily = (entries: readonly ControlEntry[], general: LogId): FamilyState => {
  const names = new Map<DeviceId, string>()
  const since = new Map<DeviceId, ControlEntry>()
  const rooms = new Map<LogId, { id: LogId; name: string; members: Set<DeviceId>; events: RoomEvent[] }>()
  const roomNames = new Set<string>()
  rooms.set(general, { id: general, name: uniqueName('general', roomNames), members: new Set(), events: [] })

  for (const entry of [...entries].sort(compareEntries)) {
    const { body, device } = entry
    if (body.kind === entryKinds.profile) {
      const name = parsePersonName(body.name)
      if (!name.ok) continue
      names.set(device, name.value)
      if (since.has(device)) continue
      since.set(device, entry)
      note(rooms.get(general), entry, 'joined')
    } else if (body.kind === entryKinds.room) {
      const name = parseRoomName(body.name)
      if (!name.ok || rooms.has(body.room) || rooms.size > nameLimits.maxRooms) continue
      const room = {
        id: body.room,
        name: uniqueName(name.value, roomNames),
        members: new Set<DeviceId>(),
        events: [],
      }
      rooms.set(body.room, room)
      note(room, entry, 'created')
    } else if (body.room !== general) {
      note(rooms.get(body.room), entry, body.kind === entryKinds.join ? 'joined' : 'left')
    }
  }
  return { names: distinguish(names, since), rooms }
}

/** Takes a coming or going into a room, if it changes anything. */
const note = (
  room: { members: Set<DeviceId>; events: RoomEvent[] } | undefined,
  entry: ControlEntry,
  type: RoomEventType,
): void => {
  if (!room || room.members.has(entry.device) === (type !== 'left')) return
  if (type === 'left') room.members.delete(entry.device)
  else room.members.add(entry.device)
  room.events.push({ key: `${entry.feed}-${entry.seq}`, type, device: entry.device, ms: entry.time.ms })
}

/** Two people of one name are told apart by a number, the one who came first keeping the bare name. */
const distinguish = (
  names: ReadonlyMap<DeviceId, string>,
  since: ReadonlyMap<DeviceId, ControlEntry>,
): Map<DeviceId, string> => {
  const taken = new Set<string>()
  const first = [...since.values()].sort(compareEntries)
  return new Map(first.map(({ device }) => [device, uniqueName(names.get(device) ?? '', taken)]))
}

export const isRoomNameTaken = (state: FamilyState, name: string): boolean =>
  [...state.rooms.values()].some((room) => foldName(room.name) === foldName(name))
