import * as v from 'valibot'
import { noQuietHours, quietHoursSchema, type QuietHours } from '../quiet-hours.ts'

/** How much of a message others may read over one's shoulder. */
export type NotifyContent = 'text' | 'name' | 'nothing'

/** What a person wants to be told on this device, whichever room it comes from (ux 33). */
export interface NotifySettings {
  /** The browser is asked for its leave apart. */
  isOn: boolean
  content: NotifyContent
  hasSound: boolean
  quiet: QuietHours
  /** It was offered once, and answered (ux 33). */
  isOfferAnswered: boolean
}

export const noNotifySettings: NotifySettings = {
  isOn: false,
  content: 'text',
  hasSound: true,
  quiet: noQuietHours,
  isOfferAnswered: false,
}

const settingsSchema = v.object({
  isOn: v.boolean(),
  content: v.picklist(['text', 'name', 'nothing']),
  hasSound: v.boolean(),
  quiet: quietHoursSchema,
  isOfferAnswered: v.boolean(),
})

/** What cannot be read counts as never chosen. */
export const parseNotifySettings = (text: string | null): NotifySettings => {
  if (text === null) return noNotifySettings
  try {
    const read = v.safeParse(settingsSchema, JSON.parse(text))
    return read.success ? read.output : noNotifySettings
  } catch {
    return noNotifySettings
  }
}

export const writeNotifySettings = (settings: NotifySettings): string => JSON.stringify(settings)

/** `07:30`, as a field for times has it. */
export const timeOfMinute = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** Undefined for what is no time of day. */
export const minuteOfTime = (time: string): number | undefined => {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}
