/** The days of the calendar where the reader is. They are told apart by date, not by hours: a day with a change of clocks has 23 or 25. */
export interface LocalDays {
  /** `2026-03-29`: equal for moments of one day. */
  dayOf(ms: number): string
  /** 0 today, -1 yesterday, 1 tomorrow. */
  daysAway(ms: number, nowMs: number): number
  isSameYear(ms: number, nowMs: number): boolean
}

const quarterHourMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000

/** @param timeZone where that is not to be asked of the browser. */
export const createLocalDays = (timeZone?: string): LocalDays => {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone !== undefined && { timeZone }),
  })
  // Time zones are whole quarters of an hour apart, so a quarter lies within one day: one look-up for each, ever.
  const known = new Map<number, string>()
  const dayOf = (ms: number): string => {
    const quarter = Math.floor(ms / quarterHourMs)
    const found = known.get(quarter)
    if (found !== undefined) return found
    const byType = new Map(parts.formatToParts(ms).map(({ type, value }) => [type, value]))
    const day = ['year', 'month', 'day'].map((type) => byType.get(type as 'day')).join('-')
    known.set(quarter, day)
    return day
  }
  return {
    dayOf,
    daysAway: (ms, nowMs) => Math.round((Date.parse(dayOf(ms)) - Date.parse(dayOf(nowMs))) / dayMs),
    isSameYear: (ms, nowMs) => dayOf(ms).slice(0, 4) === dayOf(nowMs).slice(0, 4),
  }
}
