import { afterEach, describe, expect, test } from 'vitest'
import { catalogue as english } from '../../ui/language/en/catalogue.ts'
import { speak } from '../../ui/language/language.ts'
import { createCalendar } from './calendar.ts'

const berlin = createCalendar({ locales: ['en-GB'], timeZone: 'Europe/Berlin' })
const kiritimati = createCalendar({ locales: ['en-GB'], timeZone: 'Pacific/Kiritimati' })
const kathmandu = createCalendar({ locales: ['en-GB'], timeZone: 'Asia/Kathmandu' })
const at = (iso: string) => Date.parse(iso)

afterEach(() => speak('en', english))

describe('ux 7: days are the reader’s', () => {
  test('one moment lies on different days in different places', () => {
    expect(berlin.dayOf(at('2026-03-28T12:00:00Z'))).toBe('2026-03-28')
    expect(kiritimati.dayOf(at('2026-03-28T12:00:00Z'))).toBe('2026-03-29')
  })

  test('a day ends at midnight where the offset is no whole hour', () => {
    expect(kathmandu.dayOf(at('2026-01-01T18:14:59.999Z'))).toBe('2026-01-01')
    expect(kathmandu.dayOf(at('2026-01-01T18:15:00Z'))).toBe('2026-01-02')
  })

  test('a day of 23 hours and one of 25 are one day each', () => {
    const spring = [at('2026-03-28T23:00:00Z'), at('2026-03-29T21:59:59Z')].map(berlin.dayOf)
    const autumn = [at('2026-10-24T22:00:00Z'), at('2026-10-25T22:59:59Z')].map(berlin.dayOf)
    expect(spring).toEqual(['2026-03-29', '2026-03-29'])
    expect(autumn).toEqual(['2026-10-25', '2026-10-25'])
  })

  test('the day before a change of clocks is yesterday, early and late', () => {
    const late = at('2026-03-29T21:30:00Z')
    expect(berlin.nameDay(at('2026-03-27T23:30:00Z'), late)).toBe('Yesterday')
    expect(berlin.nameDay(at('2026-03-28T23:30:00Z'), late)).toBe('Today')
    expect(berlin.nameDay(at('2026-03-27T22:30:00Z'), late)).toMatch(/^Friday,? 27 March$/)
  })

  test('another year is named with its year', () => {
    expect(berlin.nameDay(at('2025-12-30T12:00:00Z'), at('2026-01-02T12:00:00Z'))).toMatch(
      /^Tuesday,? 30 December 2025$/,
    )
    expect(berlin.nameDay(at('2026-01-01T12:00:00Z'), at('2026-01-02T12:00:00Z'))).toBe('Yesterday')
  })

  test('a moment ahead of the clock is not called today', () => {
    expect(berlin.nameDay(at('2026-05-02T12:00:00Z'), at('2026-05-01T12:00:00Z'))).toMatch(
      /^Saturday,? 2 May$/,
    )
  })

  test('names of days begin with a capital in languages that have them', () => {
    speak('es', english)
    expect(berlin.nameDay(0, 0)).toBe('Hoy')
  })

  test('the calendar and digits of a language do not change what a day is', () => {
    speak('ar', english)
    const egyptian = createCalendar({ locales: ['fa-IR', 'ar-EG'], timeZone: 'UTC' })
    expect(egyptian.dayOf(at('2026-03-28T12:00:00Z'))).toBe('2026-03-28')
    expect(egyptian.timeOf(at('2026-03-28T05:07:00Z'))).toContain('٥:٠٧')
  })

  test('ux 37: an open calendar follows the language, in the way of the reader’s country', () => {
    const viennese = createCalendar({ locales: ['en-US', 'de-AT'], timeZone: 'UTC' })
    const january = at('2026-01-03T15:04:00Z')
    expect(viennese.timeOf(january)).toMatch(/^3:04\sPM$/)
    speak('de', english)
    expect(viennese.timeOf(january)).toBe('15:04')
    expect(viennese.nameDay(january, at('2026-02-01T00:00:00Z'))).toMatch(/^Samstag, 3\. Jänner$/)
  })
})
