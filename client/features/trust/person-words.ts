import type { Role } from '../../../shared/roles.ts'
import type { Person } from '../../core/hearth.ts'
import { language, t, type WordKey } from '../../ui/language/language.ts'
import { describeAway } from '../last-seen-words.ts'

const roleKeys = {
  owner: 'trust.role.owner',
  admin: 'trust.role.admin',
  member: 'trust.role.member',
} as const satisfies Record<Role, WordKey>

/** What somebody is in the family. */
export const roleName = (role: Role): string => t(roleKeys[role])

const wayKeys = {
  direct: 'trust.way.direct',
  relayed: 'trust.way.relayed',
} as const satisfies Record<NonNullable<Person['way']>, WordKey>

export const personState = (
  { isMe, isHere, isRemoved, way }: Person,
  absence: { seenMs: number | undefined; nowMs: number } = { seenMs: undefined, nowMs: 0 },
): string => {
  if (isRemoved) return t('trust.state.removed')
  if (isMe) return t('trust.state.me')
  const state = isHere ? t('people.presence.here') : describeAway(absence.seenMs, absence.nowMs)
  const begun = state.charAt(0).toLocaleUpperCase(language.value) + state.slice(1)
  return isHere && way ? `${begun} · ${t(wayKeys[way])}` : begun
}
