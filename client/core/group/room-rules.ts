import type { AccountId } from '../../../shared/identifiers.ts'
import { entryKinds, type EntryKind } from '../log/entry.ts'
import type { LogRules } from '../log/gate.ts'
import type { LogId } from '../ports.ts'
import type { GroupKeys } from './group-keys.ts'
import type { Membership } from './membership.ts'

const roomKinds: ReadonlySet<EntryKind> = new Set([entryKinds.message])

/** Whose a device is, and how much of what it wrote counts. */
export interface Authors extends Pick<Membership, 'accountOf' | 'countsInRoom'> {
  members: { has(account: AccountId): boolean }
}

/**
 * What may stand in a room's pages (P3): what members' devices wrote, under epochs that members made, and of those who are out only what
 * was there by then (G6).
 */
export const createRoomRules = (
  log: LogId,
  { membership, keys }: { membership(): Authors; keys: Pick<GroupKeys, 'has'> },
): LogRules => ({
  kinds: roomKinds,
  judge(entry, page) {
    const known = membership()
    const account = known.accountOf(entry.device)
    if (account === undefined || !known.members.has(account) || !keys.has(entry.epoch)) return 'early'
    return entry.seq < known.countsInRoom(entry.device, log, page) ? 'good' : 'cutOff'
  },
})
