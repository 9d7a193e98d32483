import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMoments } from './moments.ts'

const berlin = createMoments({ timeZone: 'Europe/Berlin' })
const at = (iso: string) => Date.parse(iso)
const now = at('2026-03-28T11:00:00Z')
const minute = 60_000

describe('when a device was last seen', () => {
  test.each([
    [now, 'just now'],
    [now + 30 * minute, 'just now'],
    [now - 119_000, 'just now'],
    [now - 2 * minute, '2 minutes ago'],
    [now - 59 * minute, '59 minutes ago'],
    [now - 60 * minute, 'today at 11:00'],
    [at('2026-03-27T22:30:00Z'), 'yesterday at 23:30'],
    [at('2026-03-23T08:05:00Z'), 'Monday at 9:05'],
    [at('2026-03-20T08:00:00Z'), '20 March'],
    [at('2025-12-31T08:00:00Z'), '31 December 2025'],
  ])('%i is %s', (ms, words) => {
    expect(berlin.ago(ms, now)).toBe(words)
  })
})

describe('ux 3: until when an invitation is good', () => {
  test.each([
    [now + 90 * minute, 'today at 13:30'],
    // The night in which clocks go forward lies between: a day of 23 hours is a day.
    [at('2026-03-29T21:30:00Z'), 'tomorrow at 23:30'],
    [at('2026-04-02T06:00:00Z'), 'Thursday at 8:00'],
    [at('2026-04-27T06:00:00Z'), '27 April'],
    [at('2027-01-02T06:00:00Z'), '2 January 2027'],
  ])('%i is %s', (ms, words) => {
    expect(berlin.at(ms, now)).toBe(words)
  })
})

test('every moment has words, and a weekday alone never means two different days', () => {
  const days = fc.integer({ min: -400, max: 400 })
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 24 * 60 - 1 }), (away, minutes) => {
      const ms = now + (away * 24 * 60 + minutes) * minute
      const words = berlin.at(ms, now)
      expect(words).not.toBe('')
      if (Math.abs(ms - now) > 8 * 24 * 60 * minute) expect(words).not.toContain('day at')
    }),
  )
})
