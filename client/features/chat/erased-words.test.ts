import { expect, test } from 'vitest'
import type { Person } from '../../core/hearth.ts'
import { anna, bob } from '../../core/testing/fake-family.ts'
import { describeErased } from './erased-words.ts'
import { describeEvent } from './event-words.ts'
import { sayPlainly } from './sentence.ts'

const say = (author: Person, by: Person) =>
  sayPlainly(describeErased({ type: 'erased', key: '', ms: 0, author, by }))

test('ux 13: a deleted message leaves a line that says who deleted it, and whose it was where that is somebody else’s', () => {
  expect(say(anna, anna)).toBe('You deleted a message')
  expect(say(bob, bob)).toBe('Bob deleted a message')
  expect(say(bob, anna)).toBe('You deleted a message from Bob')
  expect(say(anna, bob)).toBe('Bob deleted a message from you')
})

test('P8: for how long a room is kept from then on', () => {
  const event = (person: Person, keep: 'week' | 'forever') =>
    sayPlainly(describeEvent({ type: 'event', key: '', ms: 0, person, event: 'retained', keep }))
  expect(event(anna, 'week')).toBe('You set this room to be kept for a week')
  expect(event(bob, 'forever')).toBe('Bob set this room to be kept for ever')
})
