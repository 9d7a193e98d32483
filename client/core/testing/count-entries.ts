import type { DeviceId } from '../../../shared/identifiers.ts'
import { readRuns } from '../log/read-runs.ts'
import { parseSyncMessage } from '../sync/messages.ts'
import type { Hub } from './memory-network.ts'

export interface EntryBytes {
  /** Of all entries that came to a device. */
  delivered: number
  /** Of those that had come there before, or from there. */
  again: number
}

/** Counts, from now on, what entries come to the devices of a hub, and what of it they had already. */
export const countEntries = (hub: Hub): EntryBytes => {
  const bytes: EntryBytes = { delivered: 0, again: 0 }
  const seen = new Map<DeviceId, Set<string>>()
  const seenBy = (device: DeviceId) => {
    const names = seen.get(device) ?? new Set<string>()
    seen.set(device, names)
    return names
  }
  hub.onDelivery(({ from, to, bytes: message }) => {
    const said = parseSyncMessage(message)
    if (said?.type !== 'entries') return
    const runs = readRuns(said.update)
    if (!runs.ok) return
    for (const { feed, clock, elements } of runs.value)
      for (const [index, element] of elements.entries()) {
        const name = `${said.log} ${said.page} ${feed} ${clock + index}`
        // Whoever sends an entry has it.
        seenBy(from).add(name)
        bytes.delivered += element.length
        if (seenBy(to).has(name)) bytes.again += element.length
        seenBy(to).add(name)
      }
  })
  return bytes
}
