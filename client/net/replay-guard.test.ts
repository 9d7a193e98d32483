import { expect, test } from 'vitest'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { Instance } from './introduction-payload.ts'
import { createReplayGuard } from './replay-guard.ts'

const anna = 'A'.repeat(43) as DeviceId
const bert = 'B'.repeat(43) as DeviceId
const one = 'one' as Instance
const two = 'two' as Instance

test('S4: each page load of each device counts for itself, and only upwards', () => {
  const guard = createReplayGuard(8)
  expect(guard.admit(anna, one, 5)).toBe(true)
  expect(guard.admit(anna, one, 5)).toBe(false)
  expect(guard.admit(anna, one, 4)).toBe(false)
  expect(guard.admit(anna, one, 6)).toBe(true)
  expect(guard.admit(anna, two, 1)).toBe(true)
  expect(guard.admit(bert, one, 1)).toBe(true)
})

test('S4: it forgets the one longest unheard of, and none that is being talked to', () => {
  const guard = createReplayGuard(2)
  guard.admit(anna, one, 1)
  guard.admit(anna, two, 1)
  guard.admit(anna, one, 2)
  guard.admit(bert, one, 1)
  expect(guard.admit(anna, one, 2)).toBe(false)
  expect(guard.admit(anna, two, 1)).toBe(true)
})
