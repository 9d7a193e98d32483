import { expect, test } from 'vitest'
import { anna, bob, grandpa } from '../../core/testing/fake-family.ts'
import { describePerson } from './person-words.ts'

test('ux 22: whether somebody is here, what they are in the room, and that they are blocked', () => {
  expect(describePerson(anna)).toBe('')
  expect(describePerson(anna, 'owner')).toBe('owner')
  expect(describePerson(bob)).toBe('here')
  expect(describePerson(bob, 'admin')).toBe('here · admin')
  expect(describePerson(grandpa, 'member')).toBe('away · member')
  expect(describePerson({ ...grandpa, isBlocked: true })).toBe('away · blocked')
})
