import { computed } from 'vue'
import { locale as spokenLocale } from '../../ui/language/language.ts'
import { createLocalDays } from '../local-days.ts'

const createFormats = (locale: string, timeZone: string | undefined) => {
  const format = (wanted: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...wanted, ...(timeZone !== undefined && { timeZone }) })
  return {
    time: format({ hour: 'numeric', minute: '2-digit' }),
    weekday: format({ weekday: 'short' }),
    day: format({ day: 'numeric', month: 'short' }),
    dayWithYear: format({ day: 'numeric', month: 'numeric', year: 'numeric' }),
  }
}

/** When something was said last, as short as a row has room for, as the language spoken now writes it, in the reader's time zone. */
export const createRowTime = (options: { locale?: string; timeZone?: string } = {}) => {
  const { timeZone } = options
  // Made anew only when another language is spoken: making them takes long.
  const formats = computed(() => createFormats(options.locale ?? spokenLocale.value, timeZone))
  const { daysAway, isSameYear } = createLocalDays(timeZone)

  /** `18:30` today, `Mon` in the last week, `12 Aug` this year, else the date. */
  return (ms: number, nowMs: number): string => {
    const { time, weekday, day, dayWithYear } = formats.value
    const away = daysAway(ms, nowMs)
    // What comes from a clock that is ahead is of today as far as anybody cares.
    if (away >= 0) return time.format(ms)
    if (away > -7) return weekday.format(ms)
    return (isSameYear(ms, nowMs) ? day : dayWithYear).format(ms)
  }
}
