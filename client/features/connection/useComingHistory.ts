import { computed, type ComputedRef } from 'vue'
import type { Hearth } from '../../core/hearth.ts'
import { useValue } from '../../ui/useValue.ts'

/** Whether what was said before may still be on its way, to a device that is new and not alone. */
export const useComingHistory = ({
  connection,
  isCaughtUp,
}: Pick<Hearth, 'connection' | 'isCaughtUp'>): ComputedRef<boolean> => {
  const state = useValue(connection)
  const hasAll = useValue(isCaughtUp)
  return computed(() => {
    const { server, linkedDevices } = state.value
    const isOnTheWay = server === 'notYet' || server === 'connecting'
    return !hasAll.value && (linkedDevices > 0 || isOnTheWay)
  })
}
