import { mayActOn, type Role } from '../../shared/roles.ts'
import type { Person, Room } from '../core/hearth.ts'
import { compareNames } from './compare-names.ts'

/** What somebody is in a private room (G2). */
export const roleIn = (room: Pick<Room, 'roles'>, { id }: Pick<Person, 'id'>): Role =>
  room.roles.get(id) ?? 'member'

/** What I am in it; nothing where I am not in it. */
export const myRoleIn = (room: Pick<Room, 'roles' | 'members'>): Role | undefined => {
  const me = room.members.find(({ isMe }) => isMe)
  return me && roleIn(room, me)
}

/** Whether I may add people to a private room and rename it. */
export const mayManageRoom = (room: Pick<Room, 'kind' | 'roles' | 'members'>): boolean => {
  const mine = myRoleIn(room)
  return room.kind === 'private' && mine !== undefined && mayActOn(mine, 'member')
}

/** What I may do about somebody in a private room. What one may not do is not shown. */
export type RoomAction = { type: 'setRole'; role: 'admin' | 'member' } | { type: 'remove' }

export const roomActionsFor = (
  room: Pick<Room, 'kind' | 'roles' | 'members'>,
  person: Pick<Person, 'id' | 'isMe'>,
): RoomAction[] => {
  const mine = myRoleIn(room)
  if (room.kind !== 'private' || mine === undefined || person.isMe) return []
  const theirs = roleIn(room, person)
  if (!mayActOn(mine, theirs)) return []
  const role = theirs === 'admin' ? 'member' : 'admin'
  return [
    ...(mayActOn(mine, 'admin') ? [{ type: 'setRole' as const, role } as const] : []),
    { type: 'remove' },
  ]
}

/** The other one of a direct room; nobody once they have left the family. */
export const otherIn = (room: Pick<Room, 'kind' | 'members'>): Person | undefined =>
  room.kind === 'direct' ? room.members.find(({ isMe }) => !isMe) : undefined

/** Direct messages of somebody who is blocked never show. */
export const isRoomHidden = (room: Pick<Room, 'kind' | 'members'>): boolean =>
  otherIn(room)?.isBlocked === true

/** Whom one can write to, or put into a room, by name as the reader's language sorts. */
export const othersOf = (people: readonly Person[]): Person[] =>
  people
    .filter(({ isMe, isRemoved }) => !isMe && !isRemoved)
    .sort((one, other) => compareNames(one.name, other.name))
