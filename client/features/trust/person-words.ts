import type { Role } from '../../../shared/roles.ts'
import type { Person } from '../../core/hearth.ts'

export const roleWords: Readonly<Record<Role, string>> = { owner: 'Owner', admin: 'Admin', member: 'Member' }

export const personState = ({ isMe, isHere, isRemoved }: Person): string => {
  if (isRemoved) return 'Not in the family any more'
  if (isMe) return 'This is you'
  return isHere ? 'Here' : 'Away'
}
