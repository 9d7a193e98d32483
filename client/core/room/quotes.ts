import type { PlacedPosition } from '../log/keeping.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { LogId } from '../ports.ts'
import { nameOfKey } from './timeline-order.ts'

/** Messages that are quoted on the screen and stand further back than it reaches. */
export interface Quotes {
  /** Undefined until it is read, and where there is none: `onRead` is called then. */
  find(position: PlacedPosition): ReadEntry | undefined
  /** Something went, or has come: what is asked for next is read anew. */
  forget(): void
}

export const createQuotes = (
  { room, logs }: { room: LogId; logs: Pick<Logs, 'readAt'> },
  onRead: () => void,
): Quotes => {
  let known = new Map<string, ReadEntry | undefined>()
  const asked = new Set<string>()

  const read = async (name: string, position: PlacedPosition) => {
    const into = known
    const entry = await logs.readAt(room, position)
    asked.delete(name)
    into.set(name, entry)
    if (into === known) onRead()
  }

  return {
    find(position) {
      const name = nameOfKey(position)
      if (!known.has(name) && !asked.has(name)) {
        asked.add(name)
        void read(name, position)
      }
      return known.get(name)
    },
    forget() {
      known = new Map()
      asked.clear()
    },
  }
}
