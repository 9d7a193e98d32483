import { onScopeDispose, watch } from 'vue'
import { screenLimits } from '../shared/limits.ts'
import type { Hearth } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import { nextRest } from './ui/next-paint.ts'
import { useSoon } from './ui/useSoon.ts'

/** Soon after a start, and while there is nothing else to do, reads what the rooms show that one may go to next. */
export const usePreparedRooms = (options: {
  hearth: Pick<Hearth, 'prepareRoom'>
  /** In the order of the list: those in which something was said lately come first. */
  rooms: () => readonly { id: LogId }[]
  open: () => LogId | undefined
}) => {
  let isOver = false
  onScopeDispose(() => (isOver = true))
  watch(useSoon(), async () => {
    for (const { id } of options.rooms().slice(0, screenLimits.leftRooms)) {
      await nextRest()
      if (isOver) return
      if (id !== options.open()) await options.hearth.prepareRoom(id)
    }
  })
}
