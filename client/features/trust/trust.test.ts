import { expect, test } from 'vitest'
import { anna, bob, mia } from '../../core/testing/fake-family.ts'
import { describeNewIdentities } from './identity-words.ts'
import { personState } from './person-words.ts'

test('I7: a new identity is told with the name, and what to do', () => {
  expect(describeNewIdentities(['Grandma'])).toBe(
    'Grandma has come in with a new identity. If they did not tell you themselves, call them.',
  )
  expect(describeNewIdentities(['Grandma', 'Bob'])).toContain(
    'Grandma and Bob have come in with new identities.',
  )
})

test('ux 22: the line under a name says whether they are here, and that they have left', () => {
  expect(personState(anna)).toBe('This is you')
  expect(personState(bob)).toBe('Here')
  expect(personState({ ...bob, way: 'direct' })).toBe('Here · directly connected')
  expect(personState({ ...bob, way: 'relayed' })).toBe('Here · over the family’s relay')
  expect(personState({ ...mia, isHere: false })).toBe('Away')
  expect(personState({ ...mia, isHere: false, way: 'direct' }), 'known from before').toBe('Away')
  expect(personState({ ...bob, isRemoved: true })).toBe('Not in the family any more')
})
