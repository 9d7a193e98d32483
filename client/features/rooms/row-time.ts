import { locale as spokenLocale } from '../../ui/language/language.ts'

const createFormats = (locale: string, timeZone: string | undefined) => {
  const format = (wanted: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...wanted, ...(timeZone !== undefined && { timeZone }) })
  return {
    locale,
    time: format({ hour: 'numeric', minute: '2-digit' }),
    weekday: format({ weekday: 'short' }),
    day: format({ day: 'numeric', month: 'short' }),
    dayWithYear: format({ day: 'numeric', month: 'numeric', year: 'numeric' }),
  }
}

/** When something was said last, as short as a row has room for, as the language spoken now writes it, in the reader's time zone. */
export const createRowTime = (options: { locale?: string; timeZone?: string } = {}) => {
  const { timeZone } = options
  let made: ReturnType<typeof createFormats> | undefined
  /** Made anew only when another language is spoken: making them takes long. */
  const formats = () => {
    const locale = options.locale ?? spokenLocale.value
    if (made?.locale !== locale) made = createFormats(locale, timeZone)
    return made
  }
  const iso = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone !== undefined && { timeZone }),
  })
  const isoDay = (ms: number): string => {
    const byType = new Map(iso.formatToParts(ms).map(({ type, value }) => [type, value]))
    return ['year', 'month', 'day'].map((type) => byType.get(type as 'day')).join('-')
  }

  /** `18:30` today, `Mon` in the last week, `12 Aug` this year, else the date. */
  return (ms: number, nowMs: number): string => {
    const { time, weekday, day, dayWithYear } = formats()
    const [then, today] = [isoDay(ms), isoDay(nowMs)]
    // Days are told apart by date: a day with a change of clocks has 23 or 25 hours.
    const daysAgo = Math.round((Date.parse(today) - Date.parse(then)) / (24 * 60 * 60_000))
    // What comes from a clock that is ahead is of today as far as anybody cares.
    if (daysAgo <= 0) return time.format(ms)
    if (daysAgo < 7) return weekday.format(ms)
    return (then.slice(0, 4) === today.slice(0, 4) ? day : dayWithYear).format(ms)
  }
}
