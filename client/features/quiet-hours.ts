import * as v from 'valibot'
import type { AccountId } from '../../shared/identifiers.ts'

/** Every day between two times, in minutes after midnight where the person is; over midnight where the end is not after the beginning. */
export interface QuietHours {
  isOn: boolean
  fromMinute: number
  toMinute: number
  /** Calls sound all the same. */
  callsRing: boolean
}

const minutesOfDay = 24 * 60

export const noQuietHours: QuietHours = {
  isOn: false,
  fromMinute: 22 * 60,
  toMinute: 7 * 60,
  callsRing: true,
}

export const isQuiet = (
  { isOn, fromMinute, toMinute }: Omit<QuietHours, 'callsRing'>,
  minuteOfDay: number,
): boolean => {
  if (!isOn) return false
  return fromMinute < toMinute
    ? fromMinute <= minuteOfDay && minuteOfDay < toMinute
    : fromMinute <= minuteOfDay || minuteOfDay < toMinute
}

/** Minutes after midnight, where the person is. */
export const minuteOfDayAt = (ms: number): number => {
  const moment = new Date(ms)
  return moment.getHours() * 60 + moment.getMinutes()
}

const minuteSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(minutesOfDay - 1))
export const quietHoursSchema = v.object({
  isOn: v.boolean(),
  fromMinute: minuteSchema,
  toMinute: minuteSchema,
  // Whoever chose their hours before calls were asked about goes on hearing them.
  callsRing: v.optional(v.boolean(), noQuietHours.callsRing),
})

/** Where what one account wants to be told on this device is kept. */
export const notifyKeyOf = (account: AccountId): string => `hearth/notify/${account}`

const keptSchema = v.object({ quiet: quietHoursSchema })

/** As kept now, by whichever part of the screen. What cannot be read counts as never chosen. */
export const readQuietHours = (
  storage: Pick<Storage, 'getItem'> | undefined,
  account: AccountId,
): QuietHours => {
  try {
    const read = v.safeParse(keptSchema, JSON.parse(storage?.getItem(notifyKeyOf(account)) ?? 'null'))
    return read.success ? read.output.quiet : noQuietHours
  } catch {
    return noQuietHours
  }
}
