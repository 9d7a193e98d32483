import { locale as spokenLocale, t, tCount } from '../ui/language/language.ts'

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
const dayMs = 24 * hourMs
/** Clocks differ a little between devices and server: a moment to come is "just now" too. */
const justNowMs = 2 * minuteMs

const createFormats = (locale: string, timeZone: string | undefined) => {
  const format = (wanted: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...wanted, ...(timeZone !== undefined && { timeZone }) })
  return {
    locale,
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
  let made: ReturnType<typeof createFormats> | undefined
  /** Made anew only when another language is spoken: making them takes long. */
  const formats = () => {
    const locale = options.locale ?? spokenLocale.value
    if (made?.locale !== locale) made = createFormats(locale, timeZone)
    return made
  }
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone !== undefined && { timeZone }),
  })
  const isoDay = (ms: number): string => {
    const byType = new Map(parts.formatToParts(ms).map(({ type, value }) => [type, value]))
    return ['year', 'month', 'day'].map((type) => byType.get(type as 'day')).join('-')
  }

  /** Days are told apart by date, not by hours: a day with a change of clocks has 23 or 25 of them. */
  const daysAway = (ms: number, nowMs: number): number =>
    Math.round((Date.parse(isoDay(ms)) - Date.parse(isoDay(nowMs))) / dayMs)

  const at = (ms: number, nowMs: number): string => {
    const { time, hour, weekday, dayOfYear, fullDay } = formats()
    // Spanish says "a la 1:05" and "a las 2:05": the hour is what is counted.
    const hours = Number(hour.formatToParts(ms).find(({ type }) => type === 'hour')?.value)
    const values = { time: time.format(ms) }
    const days = daysAway(ms, nowMs)
    if (days === 0) return tCount('moments.today', hours, values)
    if (days === -1) return tCount('moments.yesterday', hours, values)
    if (days === 1) return tCount('moments.tomorrow', hours, values)
    if (Math.abs(days) < 7)
      return tCount('moments.weekday', hours, { ...values, weekday: weekday.format(ms) })
    const isThisYear = isoDay(ms).slice(0, 4) === isoDay(nowMs).slice(0, 4)
    return t('moments.date', { date: (isThisYear ? dayOfYear : fullDay).format(ms) })
  }

  return {
    at,
    ago(ms, nowMs) {
      const passed = nowMs - ms
      if (passed < justNowMs) return t('moments.justNow')
      if (passed < hourMs) return tCount('moments.minutesAgo', Math.floor(passed / minuteMs))
      return at(ms, nowMs)
    },
    day: (ms) => formats().fullDay.format(ms),
  }
}

/** For the reader, where they are. */
export const moments = createMoments()
