import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import type { LogCut } from './statements.ts'

/** How much of what a device wrote in the rooms counts, once it is out (G6). */
export interface LogCuts {
  add(device: DeviceId, logs: readonly LogCut[]): void
  has(device: DeviceId): boolean
  /** Infinity where nobody has said. */
  lengthOf(device: DeviceId, log: LogId, page: number): number
}

const nameOf = (log: LogId, page: number) => `${log} ${page}`

/** Of several cuts the shortest counts: what one who may cut has not seen when cutting, is cut. */
export const createLogCuts = (): LogCuts => {
  const cuts = new Map<DeviceId, Map<string, number>>()
  return {
    add(device, logs) {
      const lengths = new Map(
        logs.flatMap(({ log, pages }) =>
          pages.map(({ page, length }) => [nameOf(log, page), length] as const),
        ),
      )
      const before = cuts.get(device)
      // Of each two the shorter, and nothing of what is not in both.
      const shortest = [...(before ?? [])].flatMap(([name, length]): [string, number][] => {
        const other = lengths.get(name)
        return other === undefined ? [] : [[name, Math.min(length, other)]]
      })
      cuts.set(device, before ? new Map(shortest) : lengths)
    },
    has: (device) => cuts.has(device),
    lengthOf(device, log, page) {
      const lengths = cuts.get(device)
      return lengths ? (lengths.get(nameOf(log, page)) ?? 0) : Infinity
    },
  }
}
