import { expect, test } from 'vitest'
import { bob, everybody, mia } from '../../core/testing/fake-family.ts'
import { findPeople } from './find-people.ts'

test('people are found by a part of their name, however it is written', () => {
  expect(findPeople(everybody, ' LIND ')).toEqual([mia])
  expect(findPeople(everybody, 'bo')).toEqual([bob])
  expect(findPeople(everybody, 'nobody')).toEqual([])
  expect(findPeople(everybody, '  ')).toEqual(everybody)
})
