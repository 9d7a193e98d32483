import { describe, expect, test } from 'vitest'
import type { Person, Room } from '../../core/hearth.ts'
import { anna, bob, fakeLogId, fakePerson, mia } from '../../core/testing/fake-family.ts'
import { nextPlacing, type Placing } from './placing.ts'

const roomOf = (members: readonly Person[], kind: Room['kind'] = 'open'): Room => ({
  id: fakeLogId('room'),
  kind,
  name: 'room',
  isJoined: true,
  isGeneral: false,
  members,
  roles: new Map(),
  history: 'all',
  keep: 'forever',
  mayChangeKeep: false,
})
const placing = (members: readonly Person[], more: Partial<Placing> = {}): Placing => ({
  room: roomOf(members),
  verb: 'Call',
  withVideo: false,
  inIt: [],
  ...more,
})
const crowd = Array.from({ length: 9 }, (_, index) => fakePerson(`Cousin ${index}`))

test('ux 26: a call from the header rings everybody of the room at once', () => {
  expect(nextPlacing(placing([anna, bob, mia]), false)).toEqual({ type: 'go', called: [bob.id, mia.id] })
})

test('C4: in a large room somebody says who is rung', () => {
  expect(nextPlacing(placing([anna, ...crowd]), true).type).toBe('choose')
  const [first] = crowd
  const called = first ? [first.id] : []
  expect(nextPlacing(placing([anna, ...crowd], { called }), true)).toEqual({ type: 'go', called })
})

test('I7: who is blocked or not in the family any more is not rung', () => {
  const blocked = { ...bob, isBlocked: true }
  const gone = { ...mia, isRemoved: true }
  expect(nextPlacing(placing([anna, blocked, gone]), true)).toEqual({ type: 'go', called: [] })
})

describe('I7: somebody with a new identity is warned of first', () => {
  const changed = { ...bob, hasNewIdentity: true }

  test('when they are called', () => {
    expect(nextPlacing(placing([anna, changed]), true)).toEqual({ type: 'warn', people: [changed] })
    expect(nextPlacing(placing([anna, changed], { isWarned: true }), true).type).toBe('go')
  })

  test('when they are in the call one joins, and only then', () => {
    const joining = placing([anna, changed, mia], { verb: 'Join', inIt: [mia.id] })
    expect(nextPlacing(joining, true)).toEqual({ type: 'go', called: [] })
    expect(nextPlacing({ ...joining, inIt: [mia.id, changed.id] }, true).type).toBe('warn')
  })
})

test('ux 27: the first call with video begins with a preview, later ones do not', () => {
  const wanted = placing([anna, bob], { withVideo: true })
  expect(nextPlacing(wanted, false).type).toBe('preview')
  expect(nextPlacing({ ...wanted, isPreviewed: true }, false).type).toBe('go')
  expect(nextPlacing(wanted, true).type).toBe('go')
})
