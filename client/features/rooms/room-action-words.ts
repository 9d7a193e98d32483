import type { Role } from '../../../shared/roles.ts'
import { t, type WordKey } from '../../ui/language/language.ts'
import type { RoomAction } from '../room-people.ts'

const roleKeys = {
  owner: 'rooms.role.owner',
  admin: 'rooms.role.admin',
  member: 'rooms.role.member',
} as const satisfies Record<Role, WordKey>

export const roomRoleName = (role: Role): string => t(roleKeys[role])

export const roomActionLabel = (action: RoomAction): string => {
  if (action.type === 'remove') return t('rooms.remove.title')
  return action.role === 'admin' ? t('rooms.makeAdmin.label') : t('rooms.makeMember.label')
}

export const roomActionNote = (action: RoomAction): string => {
  if (action.type === 'remove') return t('rooms.remove.note')
  return action.role === 'admin' ? t('rooms.makeAdmin.note') : t('rooms.makeMember.note')
}
