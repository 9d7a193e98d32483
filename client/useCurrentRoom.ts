import { computed, shallowRef, watch, type Ref } from 'vue'
import type { Room } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import type { useScreens } from './features/layout/useScreens.ts'

interface CurrentRoomOptions {
  screens: ReturnType<typeof useScreens>
  /** In the order of the list. */
  joined: Readonly<Ref<readonly Room[]>>
  /** The list stands beside the room: there is always one to see then. */
  hasSideList: Readonly<Ref<boolean>>
}

/** The room that is open, and the way to another from wherever one is. */
export const useCurrentRoom = ({ screens, joined, hasSideList }: CurrentRoomOptions) => {
  const wanted = shallowRef<LogId>()
  const isThere = computed(() => joined.value.some(({ id }) => id === screens.room.value))
  let seen: LogId | undefined

  /** A room is only ever opened over the list or another room, so what lies over it is closed first, step by step (ux 40). */
  const proceed = () => {
    const room = wanted.value
    if (room === undefined) return
    if (screens.over.value.length > 0) screens.closeAllPlaces()
    else if (screens.hasPeopleOpen.value) screens.closePeople()
    else {
      wanted.value = undefined
      screens.openRoom(room)
    }
  }
  watch([wanted, screens.over, screens.hasPeopleOpen], proceed, { flush: 'sync' })

  /** Who left a room, was removed from it or blocked the other side is back at the list. */
  const leaveWhatIsGone = () => {
    const room = screens.room.value
    if (room === undefined || screens.over.value.length > 0) return
    if (isThere.value) seen = room
    else if (seen === room) screens.closeRoom()
  }
  watch([isThere, screens.room, screens.over], leaveWhatIsGone, { immediate: true })

  return {
    room: computed(
      () =>
        joined.value.find(({ id }) => id === screens.room.value) ??
        (hasSideList.value ? joined.value[0] : undefined),
    ),
    goTo: (room: LogId) => void (wanted.value = room),
  }
}
