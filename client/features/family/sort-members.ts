import type { Role } from '../../../shared/roles.ts'
import type { Person } from '../../core/hearth.ts'
import { compareNames } from '../compare-names.ts'

const ranks: Readonly<Record<Role, number>> = { owner: 0, admin: 1, member: 2 }

/** What is alarming first, then by role, then by name. */
export const sortMembers = (people: readonly Person[]): Person[] =>
  people.toSorted(
    (a, b) =>
      Number(b.hasNewIdentity) - Number(a.hasNewIdentity) ||
      ranks[a.role] - ranks[b.role] ||
      compareNames(a.name, b.name),
  )
