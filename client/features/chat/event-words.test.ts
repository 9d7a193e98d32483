import { expect, test } from 'vitest'
import type { Person, RoomEventName } from '../../core/hearth.ts'
import { anna, bob, mia } from '../../core/testing/fake-family.ts'
import { describeEvent } from './event-words.ts'
import { sayPlainly } from './sentence.ts'

const say = (
  person: Person,
  event: RoomEventName,
  more: { by?: Person; name?: string; topic?: string } = {},
) => sayPlainly(describeEvent({ type: 'event', key: '', ms: 0, person, event, ...more }))

test('who came and went, by whom', () => {
  expect(say(anna, 'created')).toBe('You created this room')
  expect(say(bob, 'joined')).toBe('Bob joined')
  expect(say(anna, 'left')).toBe('You left')
  expect(say(bob, 'added', { by: mia })).toBe('Mia Lindqvist added Bob')
  expect(say(bob, 'added', { by: anna })).toBe('You added Bob')
  expect(say(anna, 'added', { by: bob })).toBe('Bob added you')
  expect(say(bob, 'added')).toBe('Bob was added')
  expect(say(bob, 'removed', { by: mia })).toBe('Mia Lindqvist removed Bob')
  expect(say(anna, 'removed', { by: bob })).toBe('Bob removed you')
  expect(say(anna, 'removed')).toBe('You were removed')
})

test('a room’s new name, and by whom', () => {
  expect(say(bob, 'renamed', { name: 'Garden' })).toBe('Bob renamed this room to “Garden”')
  expect(say(bob, 'renamed', { by: anna, name: 'Garden' })).toBe('You renamed this room to “Garden”')
  expect(say(bob, 'renamed')).toBe('Bob renamed this room')
})

test('ux 19: what a room is about from then on, and by whom', () => {
  expect(say(anna, 'topicChanged', { topic: 'Summer' })).toBe('You changed the topic to “Summer”')
  expect(say(bob, 'topicChanged', { topic: 'الصيف' })).toBe('Bob changed the topic to “الصيف”')
  expect(say(anna, 'topicChanged', { topic: '' })).toBe('You cleared the topic')
  expect(say(bob, 'topicChanged', { topic: '' })).toBe('Bob cleared the topic')
})

test('G2: what somebody became, by whom', () => {
  expect(say(bob, 'becameAdmin', { by: anna })).toBe('You made Bob an admin')
  expect(say(anna, 'becameAdmin', { by: mia })).toBe('Mia Lindqvist made you an admin')
  expect(say(anna, 'becameAdmin')).toBe('You are an admin now')
  expect(say(bob, 'becameMember', { by: mia })).toBe('Mia Lindqvist made Bob a plain member')
  expect(say(bob, 'becameMember')).toBe('Bob is a plain member now')
})

test('G5: that keys changed is about nobody', () => {
  expect(say(bob, 'keysChanged')).toBe('New keys: what comes from now on is sealed anew')
})

test('P6: whose device wrote two messages in one place', () => {
  const after = 'stood in one place. Nothing more from that device is taken here for now'
  expect(say(bob, 'forked')).toBe(`Two different messages of Bob ${after}`)
  expect(say(anna, 'forked')).toBe(`Two different messages of yours ${after}`)
})
