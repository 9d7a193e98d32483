import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LogId, LogStore } from '../ports.ts'

/** Who has how much of my own feeds on their disk: what "on N devices" counts (Y4). */
export interface Holders {
  /** Who has the entry at `seq` of my feed in this page. */
  of(log: LogId, page: number, seq: number): Promise<readonly DeviceId[]>
  note(log: LogId, page: number, holder: DeviceId, length: number): Promise<void>
  /** Whatever was known of this page is void (P6): the disk has let go of it already. */
  forget(log: LogId, page: number): Promise<void>
  onChange(listener: (log: LogId) => void): () => void
}

export const createHolders = (store: LogStore): Holders => {
  /** By log, then page, then holder: the length held. Read from the disk once a log. */
  const held = new Map<LogId, Promise<Map<number, Map<DeviceId, number>>>>()
  const listeners = new Set<(log: LogId) => void>()

  const load = async (log: LogId) => {
    const pages = new Map<number, Map<DeviceId, number>>()
    for (const { page, holder, length } of await store.readHolders(log)) {
      pages.set(page, (pages.get(page) ?? new Map<DeviceId, number>()).set(holder, length))
    }
    return pages
  }
  const heldOf = (log: LogId) => {
    const pages = held.get(log) ?? load(log)
    held.set(log, pages)
    return pages
  }

  return {
    async of(log, page, seq) {
      const holders = (await heldOf(log)).get(page) ?? new Map<DeviceId, number>()
      return [...holders].filter(([, length]) => length > seq).map(([holder]) => holder)
    },
    async note(log, page, holder, length) {
      const pages = await heldOf(log)
      const holders = pages.get(page) ?? new Map<DeviceId, number>()
      if ((holders.get(holder) ?? 0) >= length) return
      pages.set(page, holders.set(holder, length))
      // Should the disk be full, it is learnt again at the next meeting.
      await store.saveHolder({ log, page, holder, length })
      for (const listener of [...listeners]) listener(log)
    },
    async forget(log, page) {
      ;(await heldOf(log)).delete(page)
      for (const listener of [...listeners]) listener(log)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
