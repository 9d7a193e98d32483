import { onScopeDispose, shallowRef } from 'vue'
import type { Hearth } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'
import { useValue } from '../../ui/useValue.ts'

/** A room's timeline, opened for as long as its screen lives. */
export const useTimeline = (openTimeline: Hearth['openTimeline'], room: LogId) => {
  const timeline = openTimeline(room)
  onScopeDispose(() => timeline.close())

  const view = useValue(timeline.view)
  const typing = useValue(timeline.typing)
  const pins = useValue(timeline.pins)
  const isLoadingOlder = shallowRef(false)

  const loadOlder = async () => {
    if (isLoadingOlder.value || !view.value.hasOlder || view.value.status !== 'ready') return
    isLoadingOlder.value = true
    try {
      await timeline.loadOlder()
    } finally {
      isLoadingOlder.value = false
    }
  }

  return {
    view,
    typing,
    isLoadingOlder,
    loadOlder,
    pins,
    timeline,
  }
}
