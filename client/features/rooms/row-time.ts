/** When something was said last, as short as a row has room for, in the reader's language and time zone. */
export const createRowTime = (options: { locales?: string[]; timeZone?: string } = {}) => {
  const { locales, timeZone } = options
  const format = (wanted: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales, { ...wanted, ...(timeZone !== undefined && { timeZone }) })
  const time = format({ hour: 'numeric', minute: '2-digit' })
  const weekday = format({ weekday: 'short' })
  const day = format({ day: 'numeric', month: 'short' })
  const dayWithYear = format({ day: 'numeric', month: 'numeric', year: 'numeric' })
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
    const [then, today] = [isoDay(ms), isoDay(nowMs)]
    // Days are told apart by date: a day with a change of clocks has 23 or 25 hours.
    const daysAgo = Math.round((Date.parse(today) - Date.parse(then)) / (24 * 60 * 60_000))
    // What comes from a clock that is ahead is of today as far as anybody cares.
    if (daysAgo <= 0) return time.format(ms)
    if (daysAgo < 7) return weekday.format(ms)
    return (then.slice(0, 4) === today.slice(0, 4) ? day : dayWithYear).format(ms)
  }
}
