import { expect, test } from 'vitest'
import type { Person, Room } from '../../core/hearth.ts'
import { anna, bob, fakeLogId, mia } from '../../core/testing/fake-family.ts'
import { groupRooms, roomsToJoin } from './group-rooms.ts'

const room = (name: string, is: Partial<Room> = {}): Room => ({
  id: fakeLogId(name),
  kind: 'open',
  name,
  isJoined: true,
  isGeneral: name === 'general',
  members: [anna],
  roles: new Map(),
  history: 'all',
  keep: 'forever',
  mayChangeKeep: false,
  ...is,
})
const direct = (person: Person) => room(person.name, { kind: 'direct', members: [anna, person] })

const shown = (rooms: readonly Room[]) =>
  groupRooms(rooms).map(({ title, rooms: inside }) => [title, ...inside.map(({ name }) => name)])

test('open rooms, private ones and direct messages stand apart, general first, each by name', () => {
  const rooms = [
    direct(mia),
    room('Room 10'),
    room('Surprise', { kind: 'private' }),
    room('Room 9'),
    room('general'),
    direct(bob),
    room('accounts', { kind: 'private' }),
  ]
  expect(shown(rooms)).toEqual([
    ['Rooms', 'general', 'Room 9', 'Room 10'],
    ['Private rooms', 'accounts', 'Surprise'],
    ['Direct messages', 'Bob', 'Mia Lindqvist'],
  ])
})

test('a group without a room is left out, and so are rooms one is not in', () => {
  expect(shown([room('general'), room('Football', { isJoined: false })])).toEqual([['Rooms', 'general']])
  expect(shown([room('general'), room('Surprise', { kind: 'private', isJoined: false })])).toHaveLength(1)
})

test('ux 23: direct messages of somebody blocked never show', () => {
  expect(shown([room('general'), direct({ ...bob, isBlocked: true })])).toEqual([['Rooms', 'general']])
})

test('G1: only open rooms can be come into', () => {
  const rooms = [
    room('Football', { isJoined: false }),
    room('Surprise', { kind: 'private', isJoined: false }),
    { ...direct(bob), isJoined: false },
    room('Garden'),
  ]
  expect(roomsToJoin(rooms).map(({ name }) => name)).toEqual(['Football'])
})
