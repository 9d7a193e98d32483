import type { Role } from '../../../shared/roles.ts'
import type { Person } from '../../core/hearth.ts'
import { t, type WordKey } from '../../ui/language/language.ts'
import { describeAway } from '../last-seen-words.ts'
import type { Moments } from '../moments.ts'

/** When somebody was last here, where that may be told, and what time it is. */
export interface Absence {
  seenMs: number | undefined
  nowMs: number
  moments?: Moments
}

const roleKeys = {
  owner: 'people.role.owner',
  admin: 'people.role.admin',
  member: 'people.role.member',
} as const satisfies Record<Role, WordKey>

/** What stands under a name: whether they are here or when they were, what they are in a private room, and that one has blocked them. */
export const describePerson = (
  { isMe, isHere, isBlocked }: Person,
  role?: Role,
  { seenMs, nowMs, moments }: Absence = { seenMs: undefined, nowMs: 0 },
): string => {
  const presence = isHere ? t('people.presence.here') : describeAway(seenMs, nowMs, moments)
  return [!isMe && presence, role && t(roleKeys[role]), isBlocked && t('people.blocked')]
    .filter((words) => typeof words === 'string')
    .join(' · ')
}
