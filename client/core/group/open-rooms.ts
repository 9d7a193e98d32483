import type { LogGroup } from '../log/log-group.ts'
import type { LogId } from '../ports.ts'
import { retentionMs } from '../room/retention.ts'
import type { Family } from './family.ts'
import { familyPowers } from './powers.ts'
import { createRoomRules } from './room-rules.ts'

/** The logs of the family's open rooms: sealed under the family's epochs, open to whoever is a member (G1). */
export const createOpenRooms = (family: Family): ((log: LogId) => LogGroup | undefined) => {
  const groups = new Map<LogId, LogGroup>()
  const membership = () => family.state.get().membership
  return (log) => {
    if (!family.state.get().rooms.has(log)) return undefined
    const known = groups.get(log)
    if (known) return known
    const group: LogGroup = {
      id: family.genesis.group,
      bodies: family.bodies,
      rules: createRoomRules(log, {
        membership,
        keys: family.keys,
        powers: () => familyPowers(membership()),
      }),
      countOf: (device, page) => membership().countsInRoom(device, log, page),
      keepMs: () => retentionMs(family.state.get().rooms.get(log)?.keep ?? 'forever'),
    }
    groups.set(log, group)
    return group
  }
}
