import { expect, test } from 'vitest'
import type { LatestLine, Room } from '../../core/hearth.ts'
import { anna, bob, everybody, fakeLogId, grandpa, mia } from '../../core/testing/fake-family.ts'
import { gatherGoals } from './goals.ts'
import { rankChoices } from './rank.ts'

const room = (name: string, is: Partial<Room> = {}): Room => ({
  id: fakeLogId(name),
  kind: 'open',
  name,
  isJoined: true,
  isGeneral: name === 'general',
  members: everybody,
  roles: new Map(),
  history: 'all',
  keep: 'forever',
  mayChangeKeep: false,
  ...is,
})
const rooms = [room('general'), room('Garden'), room('Bob', { kind: 'direct', members: [anna, bob] })]
const latest = new Map<Room['id'], LatestLine>([
  [fakeLogId('general'), { ms: 2, author: bob, text: 'Well', type: 'message' }],
  [fakeLogId('Garden'), { ms: 1, author: bob, text: 'Well', type: 'message' }],
])
const seen = { rooms, people: everybody, latest, openRoom: undefined, mayInvite: true }
const labels = (change: Partial<typeof seen> | { openRoom: Room['id'] } = {}) =>
  gatherGoals({ ...seen, ...change }).map(({ label }) => label)

test('somebody to whom one writes already is there once, and neither oneself nor the blocked', () => {
  const people = everybody.map((person) => (person === mia ? { ...mia, isBlocked: true } : person))
  const found = gatherGoals({ ...seen, people })
  expect(found.filter(({ label }) => label === 'Bob').map(({ kind }) => kind)).toEqual(['room'])
  expect(found.filter(({ kind }) => kind === 'person').map(({ label }) => label)).toEqual([
    grandpa.name,
    'ليلى',
  ])
})

test('G2: who may not invite is not offered to', () => {
  expect(labels()).toContain('Invite somebody')
  expect(labels({ mayInvite: false })).not.toContain('Invite somebody')
})

test('first of all stands the room of which was heard last, but for the open one', () => {
  const first = (openRoom: Room['id'] | undefined) =>
    rankChoices(gatherGoals({ ...seen, openRoom }), '')[0]?.label
  expect(first(undefined)).toBe('general')
  expect(first(fakeLogId('general'))).toBe('Garden')
})
