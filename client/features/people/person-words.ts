import type { Role } from '../../../shared/roles.ts'
import type { Person } from '../../core/hearth.ts'

/** What stands under a name: whether they are here, what they are in a private room, and that one has blocked them. */
export const describePerson = ({ isMe, isHere, isBlocked }: Person, role?: Role): string => {
  const presence = isMe ? undefined : isHere ? 'here' : 'away'
  return [presence, role, isBlocked ? 'blocked' : undefined]
    .filter((words) => words !== undefined)
    .join(' · ')
}
