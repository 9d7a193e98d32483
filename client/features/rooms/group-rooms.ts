import type { Room } from '../../core/hearth.ts'
import { isRoomHidden } from '../room-people.ts'

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** `general` first, then by name as the reader's language sorts. */
export const sortRooms = (rooms: readonly Room[]): Room[] =>
  rooms.toSorted((a, b) => Number(b.isGeneral) - Number(a.isGeneral) || byName.compare(a.name, b.name))

/** Rooms of one kind, as the list of rooms sets them apart. */
export interface RoomGroup {
  kind: Room['kind']
  title: string
  rooms: readonly Room[]
}

const titles = [
  ['open', 'Rooms'],
  ['private', 'Private rooms'],
  ['direct', 'Direct messages'],
] as const

/** Those one is in, and nobody who is blocked is behind; groups without a room are left out. */
export const groupRooms = (rooms: readonly Room[]): RoomGroup[] => {
  const shown = sortRooms(rooms.filter((room) => room.isJoined && !isRoomHidden(room)))
  return titles
    .map(([kind, title]) => ({ kind, title, rooms: shown.filter((room) => room.kind === kind) }))
    .filter((group) => group.rooms.length > 0)
}

/** Those one may come into by oneself: into the others one is only let (G1). */
export const roomsToJoin = (rooms: readonly Room[]): Room[] =>
  sortRooms(rooms.filter(({ kind, isJoined }) => kind === 'open' && !isJoined))
