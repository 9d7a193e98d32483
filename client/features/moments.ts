import { computed } from 'vue'
import { locale as spokenLocale, t, tCount } from '../ui/language/language.ts'
import { createLocalDays } from './local-days.ts'

/** When something was or will be, in words of the language spoken now. Locale and time zone may be given, so that a test can be anywhere. */
export interface Moments {
  /** `just now`, `12 minutes ago`, else as `at`: for what is past. */
  ago(ms: number, nowMs: number): string
  /** `today at 18:30`, `tomorrow at 9:00`, `Friday at 14:00`, `12 August`, past or to come. */
  at(ms: number, nowMs: number): string
  /** `12 August 2026`. */
  day(ms: number): string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Clocks differ a little between devices and server: a moment to come is "just now" too. */
const justNowMs = 2 * minuteMs

const createFormats = (locale: string, timeZone: string | undefined) => {
  const format = (wanted: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...wanted, ...(timeZone !== undefined && { timeZone }) })
  return {
    time: format({ hour: 'numeric', minute: '2-digit' }),
    /** The same hour, in digits that we can read. */
    hour: format({ hour: 'numeric', minute: '2-digit', numberingSystem: 'latn' }),
    weekday: format({ weekday: 'long' }),
    dayOfYear: format({ day: 'numeric', month: 'long' }),
    fullDay: format({ day: 'numeric', month: 'long', year: 'numeric' }),
  }
}

export const createMoments = (options: { locale?: string; timeZone?: string } = {}): Moments => {
  const { timeZone } = options
  // Made anew only when another language is spoken: making them takes long.
  const formats = computed(() => createFormats(options.locale ?? spokenLocale.value, timeZone))
  const { daysAway, isSameYear } = createLocalDays(timeZone)

  const at = (ms: number, nowMs: number): string => {
    const { time, hour, weekday, dayOfYear, fullDay } = formats.value
    // Spanish says "a la 1:05" and "a las 2:05": the hour is what is counted.
    const hours = Number(hour.formatToParts(ms).find(({ type }) => type === 'hour')?.value)
    const values = { time: time.format(ms) }
    const days = daysAway(ms, nowMs)
    if (days === 0) return tCount('moments.today', hours, values)
    if (days === -1) return tCount('moments.yesterday', hours, values)
    if (days === 1) return tCount('moments.tomorrow', hours, values)
    if (Math.abs(days) < 7)
      return tCount('moments.weekday', hours, { ...values, weekday: weekday.format(ms) })
    return t('moments.date', { date: (isSameYear(ms, nowMs) ? dayOfYear : fullDay).format(ms) })
  }

  return {
    at,
    ago(ms, nowMs) {
      const passed = nowMs - ms
      if (passed < justNowMs) return t('moments.justNow')
      if (passed < hourMs) return tCount('moments.minutesAgo', Math.floor(passed / minuteMs))
      return at(ms, nowMs)
    },
    day: (ms) => formats.value.fullDay.format(ms),
  }
}

/** For the reader, where they are. */
export const moments = createMoments()
