import type { LogId } from '../../core/ports.ts'

export interface Screen {
  /** None: the list of rooms. */
  room?: LogId
  /** The people lie over the room. */
  people?: true
}

/** Reads what was put into the browser's history, perhaps by an older version of ourselves. */
export const readScreen = (state: unknown): Screen => {
  if (typeof state !== 'object' || state === null || !('hearth' in state)) return {}
  const { hearth } = state
  if (typeof hearth !== 'object' || hearth === null) return {}
  const room = 'room' in hearth && typeof hearth.room === 'string' ? (hearth.room as LogId) : undefined
  return {
    ...(room !== undefined && { room }),
    ...('people' in hearth && hearth.people === true && { people: true as const }),
  }
}
