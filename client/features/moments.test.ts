import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { catalogue as arabic } from '../ui/language/ar/catalogue.ts'
import { catalogue as german } from '../ui/language/de/catalogue.ts'
import { catalogue as english } from '../ui/language/en/catalogue.ts'
import { catalogue as spanish } from '../ui/language/es/catalogue.ts'
import { speak } from '../ui/language/language.ts'
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

describe('ux 37: moments are told in the language that is spoken', () => {
  afterEach(() => speak('en', english))

  test('Spanish: the hour decides between “la” and “las”', () => {
    speak('es', spanish)
    expect(berlin.ago(at('2026-03-28T00:05:00Z'), now)).toBe('hoy a la 1:05')
    expect(berlin.ago(at('2026-03-27T13:30:00Z'), now)).toBe('ayer a las 14:30')
    expect(berlin.at(at('2026-04-27T06:00:00Z'), now)).toBe('el 27 de abril')
  })

  test('Arabic: minutes in each of the forms of its plural, whatever digits the country uses', () => {
    speak('ar', arabic)
    const ago = [2, 3, 11].map((minutes) => berlin.ago(now - minutes * minute, now))
    expect(ago).toEqual(['قبل دقيقتين', 'قبل 3 دقائق', 'قبل 11 دقيقة'])
    const inEgypt = createMoments({ locale: 'ar-EG', timeZone: 'Africa/Cairo' })
    expect(inEgypt.at(now, now)).toBe('اليوم الساعة ١:٠٠ م')
  })

  test('what was made before another language was chosen follows it', () => {
    expect(berlin.day(now)).toBe('28 March 2026')
    speak('de', german)
    expect(berlin.day(now)).toBe('28. März 2026')
    expect(berlin.at(at('2026-03-23T08:05:00Z'), now)).toBe('Montag um 9:05')
  })
})
