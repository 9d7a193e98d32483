import { computed, shallowReadonly, shallowRef, watch } from 'vue'
import type { CallView } from './core/call/call-view.ts'
import type { Room } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import type { Value } from './core/value.ts'
import type { CallButtonState } from './features/call-buttons.ts'
import type { CallDesk } from './features/call-stage.ts'
import type * as CallParts from './features/call/call-parts.ts'
import { othersOf } from './features/room-people.ts'
import { loadPart } from './ui/load-part.ts'
import { useValue } from './ui/useValue.ts'

const roomOfCall = (view: CallView): LogId | undefined => ('participants' in view ? view.room : undefined)

/**
 * Calls on the home screen. Their code comes as soon as the network is there, and not when it rings: the server may be gone by then.
 */
export const useHomeCalls = (source: Value<CallDesk | undefined>) => {
  const desk = useValue(source)
  const parts = shallowRef<typeof CallParts>()
  /** Where this device is in a call. */
  const callRoom = shallowRef<LogId>()
  const isRinging = shallowRef(false)
  watch(
    desk,
    (now, _before, onCleanup) => {
      if (!now) return
      const { view } = now.calls
      callRoom.value = roomOfCall(view.get())
      onCleanup(
        view.subscribe((seen) => {
          callRoom.value = roomOfCall(seen)
          isRinging.value = seen.status === 'ringingIn'
        }),
      )
      void loadPart(
        () => import('./features/call/call-parts.ts'),
        () => undefined,
      ).then((loaded) => (parts.value = loaded))
    },
    { immediate: true },
  )
  const isReady = computed(() => desk.value !== undefined && parts.value !== undefined)
  /** What is said beside the name of the room that is open, in the title of the page. */
  const sign = shallowRef('')

  return {
    desk,
    parts: shallowReadonly(parts),
    sign,
    /** From the first ring to the last: nothing may come between. */
    isInCallOrRinging: () => callRoom.value !== undefined || isRinging.value,
    stateFor(room: Room): CallButtonState {
      if (othersOf(room.members).length === 0) return 'alone'
      if (!isReady.value) return 'connecting'
      if (callRoom.value === undefined) return 'ready'
      return callRoom.value === room.id ? 'inThisCall' : 'inCall'
    },
  }
}
