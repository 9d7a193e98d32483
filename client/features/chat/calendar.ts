import { computed } from 'vue'
import { language, locale } from '../../ui/language/language.ts'
import { pickLocale } from '../../ui/language/languages.ts'

/** Days and times in the language spoken now, and in the reader's country and time zone, which are given, so that a test can be anywhere. */
export interface Calendar {
  /** `2026-03-29`: equal for moments of one day where the reader is. */
  dayOf(ms: number): string
  /** `Today`, `Yesterday`, `Sunday, 29 March`; with the year when it is not this one. */
  nameDay(ms: number, nowMs: number): string
  timeOf(ms: number): string
  /** Date and time in full, for who wants to know exactly. */
  momentOf(ms: number): string
}

const quarterHourMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000

const createFormats = (locale: string, timeZone: string | undefined) => {
  const format = (wanted: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...wanted, ...(timeZone !== undefined && { timeZone }) })
  return {
    time: format({ hour: 'numeric', minute: '2-digit' }),
    moment: format({ dateStyle: 'full', timeStyle: 'short' }),
    day: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    dayWithYear: format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    capitalise: (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(locale)),
  }
}

/** @param options.locales what the browser is set to, where that is not to be asked: best first (RFC 5646), it says in the way of which country to write. */
export const createCalendar = (options: { locales?: string[]; timeZone?: string } = {}): Calendar => {
  const { locales, timeZone } = options
  // Made anew only when another language is spoken: making them takes long.
  const formats = computed(() =>
    createFormats(locales ? pickLocale(language.value, locales) : locale.value, timeZone),
  )
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
    const key = ['year', 'month', 'day'].map((type) => byType.get(type as 'day')).join('-')
    known.set(quarter, key)
    return key
  }

  return {
    dayOf,
    nameDay(ms, nowMs) {
      const { relative, day, dayWithYear, capitalise } = formats.value
      // Days are told apart by date, not by hours: a day with a change of clocks has 23 or 25 of them.
      const daysAway = Math.round((Date.parse(dayOf(ms)) - Date.parse(dayOf(nowMs))) / dayMs)
      if (daysAway === 0 || daysAway === -1) return capitalise(relative.format(daysAway, 'day'))
      const isThisYear = dayOf(ms).slice(0, 4) === dayOf(nowMs).slice(0, 4)
      return capitalise((isThisYear ? day : dayWithYear).format(ms))
    },
    timeOf: (ms) => formats.value.time.format(ms),
    momentOf: (ms) => formats.value.moment.format(ms),
  }
}
