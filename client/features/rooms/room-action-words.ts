import type { Role } from '../../../shared/roles.ts'
import type { RoomAction } from '../room-people.ts'

export const roomRoleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner of this room',
  admin: 'Admin in this room',
  member: 'Member of this room',
}

export const roomActionLabel = (action: RoomAction): string => {
  if (action.type === 'remove') return 'Remove from this room'
  return action.role === 'admin' ? 'Make an admin' : 'Make a plain member'
}

export const roomActionNote = (action: RoomAction): string => {
  if (action.type === 'remove') return 'They see nothing of what is said from then on.'
  return action.role === 'admin'
    ? 'Can then add and remove people, and rename the room.'
    : 'Can then no longer add or remove anybody.'
}
