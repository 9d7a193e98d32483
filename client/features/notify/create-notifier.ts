import type { Hearth } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'
import type { Value } from '../../core/value.ts'
import { isRoomHidden } from '../room-people.ts'
import { wishOf, type RoomWishes } from '../room-wishes.ts'
import { findArrivals, toldNothing, type Arrival } from './arrivals.ts'
import { countToTell, decide } from './decide.ts'
import { noticeWords } from './notice-words.ts'
import type { NotifySettings } from './notify-settings.ts'
import type { Teller } from './teller.ts'

/** Tells what comes, by what `decide` says. There is one, in the tab that writes (P7). */
export const createNotifier = (options: {
  hearth: Pick<Hearth, 'rooms' | 'unread' | 'latest'>
  wishes: Value<RoomWishes>
  settings: Value<NotifySettings>
  teller: Teller
  /** What is older is no news. */
  sinceMs: number
  /** The room on the screen, if the page is visible and has the focus. */
  roomLookedAt: () => LogId | undefined
  nowMs: () => number
  /** Minutes after midnight, where the person is. */
  minuteOfDay: (ms: number) => number
  onCount: (count: number) => void
}): { look(): void; close(): void } => {
  const { hearth, wishes, settings, teller, sinceMs, roomLookedAt, nowMs, minuteOfDay, onCount } = options
  let told = toldNothing(sinceMs)
  let lastSoundMs: number | undefined
  const shown = new Set<LogId>()

  const tell = (arrival: Arrival) => {
    const room = hearth.rooms.get().find(({ id }) => id === arrival.room)
    if (!room?.isJoined || isRoomHidden(room) || teller.leave.get() !== 'granted') return
    const now = nowMs()
    const { notifies, sounds } = decide(arrival, {
      settings: settings.get(),
      wish: wishOf(wishes.get(), arrival.room),
      nowMs: now,
      minuteOfDay: minuteOfDay(now),
      roomLookedAt: roomLookedAt(),
      lastSoundMs,
    })
    if (notifies) {
      shown.add(room.id)
      teller.show(room.id, noticeWords(arrival, room, settings.get().content))
    }
    if (sounds) {
      lastSoundMs = now
      teller.sound()
    }
  }

  const look = () => {
    const seen = { latest: hearth.latest.get(), unread: hearth.unread.get() }
    const found = findArrivals(told, seen)
    told = found.told
    for (const arrival of found.arrivals) tell(arrival)
    for (const room of [...shown]) {
      const { messages = 0, hasMissedCall = false } = seen.unread.get(room) ?? {}
      if (messages > 0 || hasMissedCall) continue
      shown.delete(room)
      teller.close(room)
    }
    const hidden = new Set(
      hearth.rooms
        .get()
        .filter((room) => !room.isJoined || isRoomHidden(room))
        .map(({ id }) => id),
    )
    const counted = new Map([...seen.unread].filter(([room]) => !hidden.has(room)))
    const count = countToTell(counted, (room) => wishOf(wishes.get(), room), nowMs())
    teller.badge(count)
    onCount(count)
  }

  /** What the core tells in one go is looked at once. */
  let isWaiting = false
  const soon = () => {
    if (isWaiting) return
    isWaiting = true
    queueMicrotask(() => {
      isWaiting = false
      if (!isClosed) look()
    })
  }
  let isClosed = false
  const ends = [
    hearth.unread.subscribe(soon),
    hearth.latest.subscribe(soon),
    hearth.rooms.subscribe(soon),
    wishes.subscribe(soon),
  ]
  look()

  return {
    look: soon,
    close() {
      isClosed = true
      for (const end of ends) end()
      teller.end()
    },
  }
}
