import { expect, test } from 'vitest'
import { anna, bob, mia } from '../../core/testing/fake-family.ts'
import type { CallItem } from './arrange.ts'
import { describeCall, durationWords } from './call-words.ts'
import { sayPlainly } from './sentence.ts'

const call = (more: Partial<CallItem>): CallItem => ({
  type: 'call',
  key: '',
  ms: 0,
  by: bob,
  outcome: 'answered',
  durationMs: 12 * 60_000,
  hadVideo: false,
  tookPart: [anna, bob],
  called: [anna],
  ...more,
})
const say = (more: Partial<CallItem>) => sayPlainly(describeCall(call(more)).sentence)

test('C6: a call that was answered tells how long it was', () => {
  expect(say({})).toBe('Call, 12 minutes')
  expect(say({ hadVideo: true, durationMs: 1_000 })).toBe('Video call, 1 second')
})

test('ux 26: what one did not answer is missed, and may be called back', () => {
  for (const outcome of ['missed', 'declined', 'busy', 'empty'] as const) {
    expect(say({ outcome, tookPart: [bob] })).toBe('Missed call from Bob')
    expect(describeCall(call({ outcome, tookPart: [bob] })).isMissed).toBe(true)
  }
  expect(say({ tookPart: [bob, mia] })).toBe('Missed call from Bob · 12 minutes')
  expect(say({ tookPart: [bob, mia], called: [mia] }), 'not called').toBe('Call, 12 minutes')
})

test('C6: one’s own call that nobody answered', () => {
  expect(say({ by: anna, outcome: 'missed' })).toBe('You called · No answer')
  expect(describeCall(call({ by: anna, outcome: 'busy' })).isMissed).toBe(false)
})

test('durations are as exact as people say them', () => {
  expect([0, 59_000, 60_000, 3_600_000, 5_460_000].map(durationWords)).toEqual([
    '0 seconds',
    '59 seconds',
    '1 minute',
    '1 hour',
    '1 hour 31 minutes',
  ])
})
