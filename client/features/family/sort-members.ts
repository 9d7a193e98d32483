import type { Role } from '../../../shared/roles.ts'
import type { Person } from '../../core/hearth.ts'
import { locale } from '../../ui/language/language.ts'

const ranks: Readonly<Record<Role, number>> = { owner: 0, admin: 1, member: 2 }

/** What is alarming first, then by role, then by name. */
export const sortMembers = (people: readonly Person[]): Person[] => {
  const byName = new Intl.Collator(locale.value, { numeric: true, sensitivity: 'base' })
  return people.toSorted(
    (a, b) =>
      Number(b.hasNewIdentity) - Number(a.hasNewIdentity) ||
      ranks[a.role] - ranks[b.role] ||
      byName.compare(a.name, b.name),
  )
}
