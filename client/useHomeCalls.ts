import { computed, shallowReadonly, shallowRef, watch } from 'vue'
import type { CallView } from './core/call/call-view.ts'
import type { Room } from './core/hearth.ts'
import type { Value } from './core/value.ts'
import type { CallButtonState } from './features/call-buttons.ts'
import type { CallDesk } from './features/call-stage.ts'
import type * as CallParts from './features/call/call-parts.ts'
import { othersOf } from './features/room-people.ts'
import { loadPart } from './ui/load-part.ts'
import { useValue } from './ui/useValue.ts'

/**
 * Calls on the home screen. Their code comes as soon as the network is there, and not when it rings: the server may be gone by then.
 */
export const useHomeCalls = (source: Value<CallDesk | undefined>) => {
  const desk = useValue(source)
  const parts = shallowRef<typeof CallParts>()
  const status = shallowRef<CallView['status']>('idle')
  watch(
    desk,
    (now, _before, onCleanup) => {
      if (!now) return
      const { view } = now.calls
      status.value = view.get().status
      onCleanup(view.subscribe((seen) => (status.value = seen.status)))
      void loadPart(
        () => import('./features/call/call-parts.ts'),
        () => undefined,
      ).then((loaded) => (parts.value = loaded))
    },
    { immediate: true },
  )
  const isReady = computed(() => desk.value !== undefined && parts.value !== undefined)
  const isInCall = computed(() => ['ringingOut', 'joining', 'inCall', 'reconnecting'].includes(status.value))
  /** What is said beside the name of the room that is open, in the title of the page. */
  const sign = shallowRef('')

  return {
    desk,
    parts: shallowReadonly(parts),
    sign,
    stateFor(room: Room): CallButtonState {
      if (othersOf(room.members).length === 0) return 'alone'
      if (!isReady.value) return 'connecting'
      return isInCall.value ? 'inCall' : 'ready'
    },
  }
}
