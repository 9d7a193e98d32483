import { expect, test } from 'vitest'
import { anna, bob, grandpa } from '../../core/testing/fake-family.ts'
import { createMoments } from '../moments.ts'
import { describePerson } from './person-words.ts'

test('ux 22: whether somebody is here, what they are in the room, and that they are blocked', () => {
  expect(describePerson(anna)).toBe('')
  expect(describePerson(anna, 'owner')).toBe('owner')
  expect(describePerson(bob)).toBe('here')
  expect(describePerson(bob, 'admin')).toBe('here · admin')
  expect(describePerson(grandpa, 'member')).toBe('away · member')
  expect(describePerson({ ...grandpa, isBlocked: true })).toBe('away · blocked')
})

test('ux 22: of who is away it is told when they were last here, where that is known', () => {
  const moments = createMoments({ timeZone: 'UTC' })
  const nowMs = Date.UTC(2026, 10, 25, 18, 40)
  const absent = (seenMs: number | undefined) =>
    describePerson(grandpa, undefined, { seenMs, nowMs, moments })
  expect(absent(undefined)).toBe('away')
  expect(absent(nowMs - 30_000)).toBe('away, last seen just now')
  expect(absent(nowMs - 10 * 60_000)).toBe('away, last seen 10 minutes ago')
  expect(absent(nowMs - 24 * 3_600_000)).toBe('away, last seen yesterday at 18:40')
  expect(describePerson(bob, undefined, { seenMs: 0, nowMs, moments })).toBe('here')
})
