import { expect, test } from 'vitest'
import type { IncomingRing } from '../../core/call/call-state.ts'
import type { Person } from '../../core/hearth.ts'
import { bob, fakeLogId, mia } from '../../core/testing/fake-family.ts'
import { noQuietHours, type QuietHours } from '../quiet-hours.ts'
import { callsAgainMs, createRingDecider } from './ring-aloud.ts'

const night = 3 * 60
const noon = 12 * 60
const asleep: QuietHours = { ...noQuietHours, isOn: true, callsRing: false }

const ringOf = (by: Person, sinceMs = 0, room = fakeLogId(`direct ${by.id}`)): IncomingRing => ({
  room,
  call: { id: `call ${sinceMs}` as IncomingRing['call']['id'], room, startedAtMs: sinceMs, by: by.id },
  by: by.id,
  hasVideo: false,
  sinceMs,
})
const start = (quiet: QuietHours, minute = night) => {
  const now = { ms: 1_000_000, minute }
  const decide = createRingDecider({ quiet: () => quiet, nowMs: () => now.ms, minuteOfDay: () => now.minute })
  return { now, decide }
}

test('ux 26: a call sounds, by day and by night, unless somebody has chosen otherwise', () => {
  expect(start(noQuietHours).decide([ringOf(bob)])).toBe(true)
  expect(start({ ...noQuietHours, isOn: true }).decide([ringOf(bob)])).toBe(true)
  expect(start(asleep, noon).decide([ringOf(bob)])).toBe(true)
})

test('ux 33: in quiet hours in which calls are not to ring none sounds, until the same person calls again soon', () => {
  const { now, decide } = start(asleep)
  expect(decide([ringOf(bob)])).toBe(false)
  expect(decide([])).toBe(false)
  expect(decide([ringOf(mia)]), 'somebody else').toBe(false)
  expect(decide([])).toBe(false)
  now.ms += callsAgainMs - 1
  expect(decide([ringOf(bob, 1)])).toBe(true)
  expect(decide([])).toBe(false)
  now.ms += callsAgainMs
  expect(decide([ringOf(bob, 2)]), 'not soon').toBe(false)
})

test('what was decided of a ring holds to its end: beside another, under another id, and when the hours end', () => {
  const { now, decide } = start(asleep)
  const [first, second] = [ringOf(bob), ringOf(mia)]
  expect(decide([first])).toBe(false)
  now.ms += 1_000
  // Two calls in one room have become one (C2).
  expect(decide([ringOf(bob, 5)])).toBe(false)
  now.minute = noon
  expect(decide([first])).toBe(false)
  expect(decide([first, second]), 'the second began by day').toBe(true)
  expect(decide([first])).toBe(false)
})
