import { screenLimits } from '../../../shared/limits.ts'
import type { TimelineView } from '../hearth.ts'
import type { Logs } from '../log/logs.ts'
import type { LogId } from '../ports.ts'
import { keptItemsOf } from './kept-items.ts'

/**
 * What rooms showed when they were left: who comes back to one sees it at once, while it is read again. It is forgotten as soon as
 * something was said or erased in the room, so that nothing comes to what is on the screen, and nothing that was erased is shown.
 */
export interface LeftViews {
  of(room: LogId): TimelineView | undefined
  leave(room: LogId, view: TimelineView): void
  close(): void
}

export const createLeftViews = (logs: Pick<Logs, 'onArrival' | 'onErased' | 'onShortened'>): LeftViews => {
  /** In the order in which they were left. */
  const left = new Map<LogId, TimelineView>()
  const forget = (room: LogId) => void left.delete(room)
  const off = [logs.onArrival(({ log }) => forget(log)), logs.onErased(forget), logs.onShortened(forget)]
  return {
    of: (room) => left.get(room),
    leave(room, view) {
      forget(room)
      if (view.status !== 'ready') return
      left.set(room, { ...view, ...keptItemsOf(view) })
      const [longestAgo] = left.keys()
      if (left.size > screenLimits.leftRooms && longestAgo !== undefined) forget(longestAgo)
    },
    close() {
      for (const stop of off) stop()
    },
  }
}
