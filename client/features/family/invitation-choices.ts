import { accountLimits } from '../../../shared/limits.ts'
import { t, tCount } from '../../ui/language/language.ts'

const dayMs = 24 * 60 * 60_000
const weekMs = 7 * dayMs

export const lifetimesMs = [dayMs, accountLimits.invitationMs, weekMs, accountLimits.maxInvitationMs] as const

/** "3 days", "1 week". */
export const describeLifetime = (ms: number): string =>
  ms === weekMs ? t('family.invite.week') : tCount('family.invite.days', Math.round(ms / dayMs))

/** How many people one invitation may let in. */
export const useCounts = [1, 2, 5, 10, accountLimits.maxInvitationUses] as const
