import type { UnreadCount } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'
import { isQuiet } from '../quiet-hours.ts'
import { isMuted, type RoomWish } from '../room-wishes.ts'
import type { Arrival } from './arrivals.ts'
import type { NotifySettings } from './notify-settings.ts'

/** What is so at the moment something comes. */
export interface Circumstances {
  settings: NotifySettings
  wish: RoomWish
  nowMs: number
  /** Where the person is, 0 to 1,439. */
  minuteOfDay: number
  /** The room on the screen, if the page is visible and has the focus. */
  roomLookedAt: LogId | undefined
  /** When it last sounded; undefined for never. */
  lastSoundMs: number | undefined
}

export interface Decision {
  notifies: boolean
  sounds: boolean
}

const silence: Decision = { notifies: false, sounds: false }
/** A flood of messages is heard once. */
export const soundPauseMs = 4_000

/** Whether a room may tell of something at all: by its level, and while it is not muted. */
export const mayTell = (
  wish: RoomWish,
  { type, isMention }: Pick<Arrival, 'type' | 'isMention'>,
  nowMs: number,
): boolean => {
  if (isMuted(wish, nowMs) || wish.tells === 'none') return false
  return wish.tells === 'all' || type === 'missedCall' || isMention
}

/** Whether somebody is told of what has come, and how (ux 33, 34). Whoever is blocked never tells anything. */
export const decide = (arrival: Arrival, is: Circumstances): Decision => {
  const { settings, wish, nowMs, minuteOfDay, roomLookedAt, lastSoundMs } = is
  if (!settings.isOn || arrival.author.isBlocked || arrival.author.isMe) return silence
  if (arrival.room === roomLookedAt || !mayTell(wish, arrival, nowMs)) return silence
  if (isQuiet(settings.quiet, minuteOfDay)) return silence
  const rests = lastSoundMs !== undefined && Math.abs(nowMs - lastSoundMs) < soundPauseMs
  return { notifies: true, sounds: settings.hasSound && !rests }
}

/** What the badge and the title count: of each room what it may tell of, and a missed call as one. Quiet hours keep nothing from being counted. */
export const countToTell = (
  unread: ReadonlyMap<LogId, UnreadCount>,
  wishOf: (room: LogId) => RoomWish,
  nowMs: number,
): number =>
  [...unread].reduce((sum, [room, { messages, mentions, hasMissedCall }]) => {
    const wish = wishOf(room)
    if (isMuted(wish, nowMs) || wish.tells === 'none') return sum
    return sum + (wish.tells === 'all' ? messages : mentions) + (hasMissedCall ? 1 : 0)
  }, 0)
