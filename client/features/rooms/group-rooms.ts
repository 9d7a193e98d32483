import type { Room } from '../../core/hearth.ts'
import { compareNames } from '../compare-names.ts'
import { isRoomHidden } from '../room-people.ts'

/** `general` first, then by name as the reader's language sorts. */
export const compareRooms = (one: Room, other: Room): number =>
  Number(other.isGeneral) - Number(one.isGeneral) || compareNames(one.name, other.name)

/**
 * Those one is in, and nobody who is blocked is behind, in an order that stays as it is whatever is said in them: open rooms, private ones,
 * conversations of two.
 */
export const roomsToSee = (rooms: readonly Room[]): Room[] => {
  const kinds = ['open', 'private', 'direct']
  return rooms
    .filter((room) => room.isJoined && !isRoomHidden(room))
    .sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || compareRooms(one, other))
}

/** Those one may come into by oneself: into the others one is only let (G1). */
export const roomsToJoin = (rooms: readonly Room[]): Room[] =>
  rooms.filter(({ kind, isJoined }) => kind === 'open' && !isJoined).sort(compareRooms)
