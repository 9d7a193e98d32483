import * as v from 'valibot'
import { groupLimits, nameLimits } from '../../shared/limits.ts'
import type { LogId } from '../core/ports.ts'

/** What a room may tell of: everything, only what names one, or nothing (ux 33). */
export type TellLevel = 'all' | 'mentions' | 'none'

/** What a person wants of one room, for their own eyes and ears on this device. */
export interface RoomWish {
  isFavourite: boolean
  tells: TellLevel
  /** Milliseconds since the epoch. */
  mutedUntil: number | 'forGood' | undefined
  /** Put away by somebody who had seen what was said up to then. */
  archivedAtMs: number | undefined
}

export type RoomWishes = ReadonlyMap<LogId, RoomWish>

export const noRoomWish: RoomWish = {
  isFavourite: false,
  tells: 'all',
  mutedUntil: undefined,
  archivedAtMs: undefined,
}

export const wishOf = (wishes: RoomWishes, room: LogId): RoomWish => wishes.get(room) ?? noRoomWish

export const isMuted = ({ mutedUntil }: RoomWish, nowMs: number): boolean =>
  mutedUntil === 'forGood' || (mutedUntil !== undefined && mutedUntil > nowMs)

/** What is said in an archived room brings it back, unless it is muted. `latestMs`: when something was said there last. */
export const isArchived = (wish: RoomWish, latestMs: number | undefined, nowMs: number): boolean =>
  wish.archivedAtMs !== undefined &&
  (isMuted(wish, nowMs) || latestMs === undefined || latestMs <= wish.archivedAtMs)

export type MuteChoice = 'hour' | 'eightHours' | 'tomorrow' | 'forGood'

const hourMs = 60 * 60_000
/** At one at night "tomorrow" is the morning that is coming; at six it is the one after. */
const leastNightMs = 4 * hourMs
const morningHour = 8

const nextMorning = (nowMs: number): number => {
  const morning = new Date(nowMs)
  morning.setHours(morningHour, 0, 0, 0)
  while (morning.getTime() < nowMs + leastNightMs) morning.setDate(morning.getDate() + 1)
  return morning.getTime()
}

export const muteUntil = (choice: MuteChoice, nowMs: number): number | 'forGood' => {
  switch (choice) {
    case 'hour':
      return nowMs + hourMs
    case 'eightHours':
      return nowMs + 8 * hourMs
    case 'tomorrow':
      return nextMorning(nowMs)
    case 'forGood':
      return 'forGood'
  }
}

const isNone = (wish: RoomWish): boolean =>
  !wish.isFavourite &&
  wish.tells === 'all' &&
  wish.mutedUntil === undefined &&
  wish.archivedAtMs === undefined

/** A room of which nothing is wished any more is not kept. */
export const changeWishes = (wishes: RoomWishes, room: LogId, change: Partial<RoomWish>): RoomWishes => {
  const changed = new Map(wishes)
  const wish = { ...wishOf(wishes, room), ...change }
  if (isNone(wish)) changed.delete(room)
  else changed.set(room, wish)
  return changed
}

/** Of more rooms than a family can have, nothing is kept. */
const maxRooms = nameLimits.maxRooms + groupLimits.maxGroups
const timeSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const wishSchema = v.object({
  isFavourite: v.optional(v.boolean(), false),
  tells: v.optional(v.picklist(['all', 'mentions', 'none']), 'all'),
  mutedUntil: v.optional(v.union([timeSchema, v.literal('forGood')])),
  archivedAtMs: v.optional(timeSchema),
})
const logIdSchema = v.custom<LogId>((id) => typeof id === 'string' && /^[\w-]{22}$/.test(id))
const wishesSchema = v.pipe(v.array(v.tuple([logIdSchema, wishSchema])), v.maxLength(maxRooms))

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What cannot be read is no wish: nothing but one's own comfort hangs on it. */
export const parseRoomWishes = (text: string | null): RoomWishes => {
  if (text === null) return new Map()
  const read = v.safeParse(wishesSchema, readJson(text))
  if (!read.success) return new Map()
  return new Map(
    read.output.map(([room, wish]) => [
      room,
      { ...wish, mutedUntil: wish.mutedUntil, archivedAtMs: wish.archivedAtMs },
    ]),
  )
}

export const writeRoomWishes = (wishes: RoomWishes): string => JSON.stringify([...wishes].slice(0, maxRooms))
