/** When something was or will be, in words. Language and time zone are given, so that a test can be anywhere. */
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

export const createMoments = (options: { locale?: string; timeZone?: string } = {}): Moments => {
  const { locale = 'en-GB', timeZone } = options
  const format = (wanted: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...wanted, ...(timeZone !== undefined && { timeZone }) })
  const time = format({ hour: 'numeric', minute: '2-digit' })
  const weekday = format({ weekday: 'long' })
  const dayOfYear = format({ day: 'numeric', month: 'long' })
  const fullDay = format({ day: 'numeric', month: 'long', year: 'numeric' })
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
    const days = daysAway(ms, nowMs)
    if (days === 0) return `today at ${time.format(ms)}`
    if (days === -1) return `yesterday at ${time.format(ms)}`
    if (days === 1) return `tomorrow at ${time.format(ms)}`
    if (Math.abs(days) < 7) return `${weekday.format(ms)} at ${time.format(ms)}`
    const isThisYear = isoDay(ms).slice(0, 4) === isoDay(nowMs).slice(0, 4)
    return (isThisYear ? dayOfYear : fullDay).format(ms)
  }

  return {
    at,
    ago(ms, nowMs) {
      const passed = nowMs - ms
      if (passed < justNowMs) return 'just now'
      if (passed < hourMs) return `${Math.floor(passed / minuteMs)} minutes ago`
      return at(ms, nowMs)
    },
    day: (ms) => fullDay.format(ms),
  }
}

/** For the reader, where they are. */
export const moments = createMoments()
