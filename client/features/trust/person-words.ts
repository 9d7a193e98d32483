import type { Role } from '../../../shared/roles.ts'
import type { Person } from '../../core/hearth.ts'
import { describeAway } from '../last-seen-words.ts'

export const roleWords: Readonly<Record<Role, string>> = { owner: 'Owner', admin: 'Admin', member: 'Member' }

export const personState = (
  { isMe, isHere, isRemoved }: Person,
  absence: { seenMs: number | undefined; nowMs: number } = { seenMs: undefined, nowMs: 0 },
): string => {
  if (isRemoved) return 'Not in the family any more'
  if (isMe) return 'This is you'
  const state = isHere ? 'here' : describeAway(absence.seenMs, absence.nowMs)
  return state.charAt(0).toUpperCase() + state.slice(1)
}
