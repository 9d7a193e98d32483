import type { Role } from '../../../shared/roles.ts'
import { t, type WordKey } from '../../ui/language/language.ts'
import type { RoomAction } from '../room-people.ts'

const roleKeys = {
  owner: 'roomDialogs.role.owner',
  admin: 'roomDialogs.role.admin',
  member: 'roomDialogs.role.member',
} as const satisfies Record<Role, WordKey>

export const roomRoleName = (role: Role): string => t(roleKeys[role])

export const roomActionLabel = (action: RoomAction): string => {
  if (action.type === 'remove') return t('roomDialogs.remove.title')
  return action.role === 'admin' ? t('roomDialogs.makeAdmin.label') : t('roomDialogs.makeMember.label')
}

export const roomActionNote = (action: RoomAction): string => {
  if (action.type === 'remove') return t('roomDialogs.remove.note')
  return action.role === 'admin' ? t('roomDialogs.makeAdmin.note') : t('roomDialogs.makeMember.note')
}
