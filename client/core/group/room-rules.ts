import type { AccountId } from '../../../shared/identifiers.ts'
import { entryKinds, isClearKind, type EntryKind } from '../log/entry.ts'
import type { LogRules } from '../log/gate.ts'
import type { LogId } from '../ports.ts'
import type { GroupKeys } from './group-keys.ts'
import type { Membership } from './membership.ts'
import { judgeErasing, type Powers } from './powers.ts'

const roomKinds: ReadonlySet<EntryKind> = new Set([
  entryKinds.message,
  entryKinds.erase,
  entryKinds.call,
  entryKinds.annotation,
  entryKinds.pin,
])

/** Whose a device is, and how much of what it wrote counts. */
export interface Authors extends Pick<Membership, 'accountOf' | 'countsInRoom'> {
  members: { has(account: AccountId): boolean }
}

export interface RoomRulesOptions {
  membership(): Authors
  keys: Pick<GroupKeys, 'has'>
  /** Absent where everybody may erase their own only (P4). */
  powers?: () => Powers
}

/**
 * What may stand in a room's pages (P3): what members' devices wrote, under epochs that members made, and of those who are out only what
 * was there by then (G6). And who may make go what (P4).
 */
export const createRoomRules = (log: LogId, { membership, keys, powers }: RoomRulesOptions): LogRules => ({
  kinds: roomKinds,
  judge(entry, page) {
    const known = membership()
    const account = known.accountOf(entry.device)
    if (account === undefined || !known.members.has(account)) return 'early'
    if (!isClearKind(entry.kind) && !keys.has(entry.epoch)) return 'early'
    return entry.seq < known.countsInRoom(entry.device, log, page) ? 'good' : 'cutOff'
  },
  mayErase(eraser, author) {
    const { accountOf } = membership()
    const [by, of] = [accountOf(eraser), accountOf(author)]
    if (by === undefined || of === undefined) return 'no'
    if (powers) return judgeErasing(powers(), by, of)
    return by === of ? 'yes' : 'no'
  },
})
