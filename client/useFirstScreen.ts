import { computed, provide, watch } from 'vue'
import { startingRowsInjection } from './ui/starting.ts'
import { useTurns } from './ui/useTurns.ts'

/** After the home screen's frame: the room, the newest messages a few at a time, the list of rooms. */
const turns = { room: 1, list: 6 } as const
const rowsInTurn = 4

/** What of the home screen may stand there yet: drawn at once it would hold up whoever touches it. */
export const useFirstScreen = (options: { hasRoom: () => boolean; onDrawn: () => void }) => {
  const turn = useTurns(turns.list)
  const isStarting = computed(() => turn.value < turns.list)
  provide(
    startingRowsInjection,
    computed(() => (isStarting.value ? Math.max(0, turn.value - turns.room) * rowsInTurn : undefined)),
  )
  watch(isStarting, options.onDrawn, { flush: 'post' })
  return {
    isStarting,
    hasRoomsTurn: computed(() => turn.value >= turns.room),
    hasListsTurn: computed(() => turn.value >= (options.hasRoom() ? turns.list : turns.room)),
  }
}
