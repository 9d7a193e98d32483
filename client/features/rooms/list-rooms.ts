import type { LatestLine, Room, UnreadCount } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'
import { isRoomHidden } from '../room-people.ts'
import { isArchived, isMuted, wishOf, type RoomWish, type RoomWishes } from '../room-wishes.ts'
import { compareRooms } from './group-rooms.ts'

/** A room as the list of rooms shows it. */
export interface RoomLine {
  room: Room
  latest: LatestLine | undefined
  unread: UnreadCount
  wish: RoomWish
  isMuted: boolean
  isArchived: boolean
}

/** Each room stands in exactly one of them, the one in which something was said last first. */
export interface RoomList {
  favourites: readonly RoomLine[]
  others: readonly RoomLine[]
  archived: readonly RoomLine[]
}

export const nothingUnread: UnreadCount = { messages: 0, mentions: 0, hasMissedCall: false }

const byActivity = (one: RoomLine, other: RoomLine): number =>
  (other.latest?.ms ?? 0) - (one.latest?.ms ?? 0) || compareRooms(one.room, other.room)

/** Those one is in, and nobody who is blocked is behind. */
export const listRooms = (seen: {
  rooms: readonly Room[]
  latest: ReadonlyMap<LogId, LatestLine>
  unread: ReadonlyMap<LogId, UnreadCount>
  wishes: RoomWishes
  nowMs: number
}): RoomList => {
  const { rooms, latest, unread, wishes, nowMs } = seen
  const lines = rooms
    .filter((room) => room.isJoined && !isRoomHidden(room))
    .map((room): RoomLine => {
      const wish = wishOf(wishes, room.id)
      const last = latest.get(room.id)
      return {
        room,
        wish,
        latest: last,
        unread: unread.get(room.id) ?? nothingUnread,
        isMuted: isMuted(wish, nowMs),
        isArchived: isArchived(wish, last?.ms, nowMs),
      }
    })
    .sort(byActivity)
  const shown = lines.filter((line) => !line.isArchived)
  return {
    favourites: shown.filter(({ wish }) => wish.isFavourite),
    others: shown.filter(({ wish }) => !wish.isFavourite),
    archived: lines.filter((line) => line.isArchived),
  }
}

/** Whether there is something to mark as read. */
export const hasUnread = ({ messages, hasMissedCall }: UnreadCount): boolean => messages > 0 || hasMissedCall
