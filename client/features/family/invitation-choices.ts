import { accountLimits } from '../../../shared/limits.ts'

const dayMs = 24 * 60 * 60_000

export const lifetimes = [
  { ms: dayMs, label: '1 day' },
  { ms: accountLimits.invitationMs, label: '3 days' },
  { ms: 7 * dayMs, label: '1 week' },
  { ms: accountLimits.maxInvitationMs, label: '30 days' },
] as const

export const useCounts = [
  { uses: 1, label: '1 person' },
  { uses: 2, label: '2 people' },
  { uses: 5, label: '5 people' },
  { uses: 10, label: '10 people' },
  { uses: accountLimits.maxInvitationUses, label: `${accountLimits.maxInvitationUses} people` },
] as const
