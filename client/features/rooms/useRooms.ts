import { computed } from 'vue'
import type { Hearth } from '../../core/hearth.ts'
import type { Value } from '../../core/value.ts'
import { useValue } from '../../ui/useValue.ts'
import type { RoomWishes } from '../room-wishes.ts'
import { useNow } from '../useNow.ts'
import { roomsToJoin, roomsToSee } from './group-rooms.ts'
import { listRooms } from './list-rooms.ts'

export const useRooms = (options: {
  hearth: Pick<Hearth, 'rooms' | 'unread' | 'latest'>
  wishes: Value<RoomWishes>
}) => {
  const { hearth } = options
  const all = useValue(hearth.rooms)
  const unread = useValue(hearth.unread)
  const latest = useValue(hearth.latest)
  const wishes = useValue(options.wishes)
  /** Rooms are muted until some time. */
  const nowMs = useNow()
  return {
    nowMs,
    list: computed(() =>
      listRooms({
        rooms: all.value,
        unread: unread.value,
        latest: latest.value,
        wishes: wishes.value,
        nowMs: nowMs.value,
      }),
    ),
    /** In an order that stays as it is, archived ones too. */
    joined: computed(() => roomsToSee(all.value)),
    notJoined: computed(() => roomsToJoin(all.value)),
  }
}
