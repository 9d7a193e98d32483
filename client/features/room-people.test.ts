import { describe, expect, test } from 'vitest'
import type { Role } from '../../shared/roles.ts'
import type { Person, Room } from '../core/hearth.ts'
import { anna, bob, fakePerson, grandpa, mia } from '../core/testing/fake-family.ts'
import {
  isRoomHidden,
  mayManageRoom,
  myRoleIn,
  otherIn,
  othersOf,
  roleIn,
  roomActionsFor,
} from './room-people.ts'

const privateRoom = (
  roles: readonly (readonly [Person, Role])[],
  members = [anna, bob, mia, grandpa],
): Pick<Room, 'kind' | 'roles' | 'members'> => ({
  kind: 'private',
  members,
  roles: new Map(roles.map(([{ id }, role]) => [id, role])),
})
const direct = (members: readonly Person[]) => ({ kind: 'direct' as const, members })

test('G2: who is not named among the roles is a plain member', () => {
  const room = privateRoom([
    [anna, 'owner'],
    [bob, 'admin'],
  ])
  expect([anna, bob, mia].map((person) => roleIn(room, person))).toEqual(['owner', 'admin', 'member'])
  expect(myRoleIn(room)).toBe('owner')
  expect(myRoleIn(privateRoom([[bob, 'owner']], [bob, mia]))).toBeUndefined()
})

describe('G2: one acts on roles below one’s own, in the room', () => {
  const seenBy = (mine: Role) =>
    privateRoom([
      [anna, mine],
      [bob, 'admin'],
      [grandpa, 'owner'],
    ])

  test('its owner makes admins, takes it back, and removes', () => {
    const room = privateRoom([
      [anna, 'owner'],
      [bob, 'admin'],
    ])
    expect(roomActionsFor(room, bob)).toEqual([{ type: 'setRole', role: 'member' }, { type: 'remove' }])
    expect(roomActionsFor(room, mia)).toEqual([{ type: 'setRole', role: 'admin' }, { type: 'remove' }])
    expect(roomActionsFor(room, anna)).toEqual([])
    expect(mayManageRoom(room)).toBe(true)
  })

  test('an admin removes plain members only', () => {
    expect(roomActionsFor(seenBy('admin'), mia)).toEqual([{ type: 'remove' }])
    expect(roomActionsFor(seenBy('admin'), bob)).toEqual([])
    expect(roomActionsFor(seenBy('admin'), grandpa)).toEqual([])
    expect(mayManageRoom(seenBy('admin'))).toBe(true)
  })

  test('a member does nothing to anybody, whatever they are in the family', () => {
    expect(anna.role).toBe('owner')
    expect(roomActionsFor(seenBy('member'), mia)).toEqual([])
    expect(mayManageRoom(seenBy('member'))).toBe(false)
  })

  test('nor does anybody in open and direct rooms', () => {
    const open = { ...seenBy('owner'), kind: 'open' as const }
    expect(roomActionsFor(open, mia)).toEqual([])
    expect(mayManageRoom(open)).toBe(false)
    expect(roomActionsFor({ ...seenBy('owner'), kind: 'direct' }, mia)).toEqual([])
  })
})

test('a direct room has another side, until they leave the family', () => {
  expect(otherIn(direct([anna, bob]))).toBe(bob)
  expect(otherIn(direct([anna]))).toBeUndefined()
  expect(otherIn({ kind: 'private', members: [anna, bob] })).toBeUndefined()
})

test('ux 23: the direct room of somebody blocked is hidden, a shared room is not', () => {
  const blocked = { ...bob, isBlocked: true }
  expect(isRoomHidden(direct([anna, blocked]))).toBe(true)
  expect(isRoomHidden(direct([anna, bob]))).toBe(false)
  expect(isRoomHidden({ kind: 'private', members: [anna, blocked] })).toBe(false)
})

test('one writes to neither oneself nor those who have left; the others stand by name', () => {
  const gone = fakePerson('Uncle Sam', { isRemoved: true })
  expect(othersOf([mia, anna, gone, grandpa, bob])).toEqual([bob, grandpa, mia])
})
