import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { FamilyState } from '../group/family-state.ts'
import type { PrivateGroups } from '../group/private-groups.ts'
import type { Logs } from '../log/logs.ts'
import { entryKinds } from '../log/entry.ts'
import type { LogId } from '../ports.ts'
import { encodeCallSummary } from '../room/call-summary.ts'
import type { TrustMarks } from '../room/trust-marks.ts'
import type { Value } from '../value.ts'
import type { CallFacts, WriteSummary } from './ports.ts'

/** What calls stand on: who belongs where, and the rooms they are told of in. */
export interface CallGround {
  facts: CallFacts
  /** Change when what `facts` tells does. */
  changes: readonly Pick<Value<unknown>, 'subscribe'>[]
  writeSummary: WriteSummary
  /** Shows a conversation in which nothing was said yet, as when it rings there. */
  showRoom(room: LogId): void
}

export interface CallGroundOptions {
  device: DeviceId
  me: AccountId
  general: LogId
  family: Value<FamilyState>
  groups: Pick<PrivateGroups, 'all' | 'ofRoom'>
  trust: Value<TrustMarks>
  logs: Pick<Logs, 'append'>
  showRoom(room: LogId): void
}

/** Reads it from what the family and its rooms are now, also for conversations in which nothing was said yet. */
export const createCallGround = (options: CallGroundOptions): CallGround => {
  const { device, me, general, family, groups, trust, logs, showRoom } = options
  const isInFamily = (account: AccountId) => family.get().membership.members.get(account)?.isRemoved === false
  const isIn = (room: LogId, account: AccountId): boolean => {
    const group = groups.ofRoom(room)
    if (group) return group.isMember(account)
    return room === general || (family.get().rooms.get(room)?.members.has(account) ?? false)
  }
  return {
    facts: {
      device,
      account: me,
      accountOf(of) {
        const account = family.get().membership.accountOf(of)
        return account !== undefined && isInFamily(account) ? account : undefined
      },
      mayHear: (room, account) => isInFamily(account) && isIn(room, account),
      isDirect: (room) => groups.ofRoom(room)?.genesis.type === 'direct',
      isBlocked: (account) => trust.get().blocked.has(account),
    },
    changes: [family, groups.all, trust],
    writeSummary(room, summary) {
      // Where the disk is full, the room goes without a line: there is nobody left to ask.
      void logs.append(room, entryKinds.call, encodeCallSummary(summary))
    },
    showRoom,
  }
}
