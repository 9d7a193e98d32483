import { computed } from 'vue'
import { language, locale } from '../../ui/language/language.ts'
import { pickLocale } from '../../ui/language/languages.ts'
import { createLocalDays } from '../local-days.ts'

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
  const { dayOf, daysAway, isSameYear } = createLocalDays(timeZone)

  return {
    dayOf,
    nameDay(ms, nowMs) {
      const { relative, day, dayWithYear, capitalise } = formats.value
      const away = daysAway(ms, nowMs)
      if (away === 0 || away === -1) return capitalise(relative.format(away, 'day'))
      return capitalise((isSameYear(ms, nowMs) ? day : dayWithYear).format(ms))
    },
    timeOf: (ms) => formats.value.time.format(ms),
    momentOf: (ms) => formats.value.moment.format(ms),
  }
}
