import { computed } from 'vue'
import type { Hearth, Room } from '../../core/hearth.ts'
import { useValue } from '../../ui/useValue.ts'

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** `general` first, then by name as the reader's language sorts. */
export const sortRooms = (rooms: readonly Room[]): Room[] =>
  rooms.toSorted((a, b) => Number(b.isGeneral) - Number(a.isGeneral) || byName.compare(a.name, b.name))

export const useRooms = (hearth: Pick<Hearth, 'rooms'>) => {
  const all = useValue(hearth.rooms)
  const sorted = computed(() => sortRooms(all.value))
  return {
    joined: computed(() => sorted.value.filter(({ isJoined }) => isJoined)),
    notJoined: computed(() => sorted.value.filter(({ isJoined }) => !isJoined)),
  }
}
