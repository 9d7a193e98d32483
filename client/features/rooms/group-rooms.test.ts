import { expect, test } from 'vitest'
import { bob, mia } from '../../core/testing/fake-family.ts'
import { roomsToJoin, roomsToSee } from './group-rooms.ts'
import { directRoom as direct, someRoom as room } from './testing/some-room.ts'

const names = (rooms: readonly { name: string }[]) => rooms.map(({ name }) => name)

test('open rooms, private ones and direct messages, general first, each by name', () => {
  const rooms = [
    direct(mia),
    room('Room 10'),
    room('Surprise', { kind: 'private' }),
    room('Room 9'),
    room('general'),
    direct(bob),
    room('accounts', { kind: 'private' }),
  ]
  expect(names(roomsToSee(rooms))).toEqual([
    'general',
    'Room 9',
    'Room 10',
    'accounts',
    'Surprise',
    'Bob',
    'Mia Lindqvist',
  ])
})

test('rooms one is not in are left out', () => {
  const rooms = [room('general'), room('Football', { isJoined: false })]
  expect(names(roomsToSee(rooms))).toEqual(['general'])
})

test('ux 23: direct messages of somebody blocked never show', () => {
  expect(names(roomsToSee([room('general'), direct({ ...bob, isBlocked: true })]))).toEqual(['general'])
})

test('G1: only open rooms can be come into', () => {
  const rooms = [
    room('Football', { isJoined: false }),
    room('Surprise', { kind: 'private', isJoined: false }),
    { ...direct(bob), isJoined: false },
    room('Garden'),
  ]
  expect(names(roomsToJoin(rooms))).toEqual(['Football'])
})
