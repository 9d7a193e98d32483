import { computed } from 'vue'
import type { Hearth } from '../../core/hearth.ts'
import { useValue } from '../../ui/useValue.ts'
import { groupRooms, roomsToJoin } from './group-rooms.ts'

export const useRooms = (hearth: Pick<Hearth, 'rooms'>) => {
  const all = useValue(hearth.rooms)
  const groups = computed(() => groupRooms(all.value))
  return {
    groups,
    /** In the order of the list. */
    joined: computed(() => groups.value.flatMap(({ rooms }) => rooms)),
    notJoined: computed(() => roomsToJoin(all.value)),
  }
}
