import type { Hearth, TimelineView } from '../hearth.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Logs } from '../log/logs.ts'
import type { Clock, LogId } from '../ports.ts'
import type { Reading } from '../reading/create-reading.ts'
import type { Holders } from '../sync/holders.ts'
import type { Value } from '../value.ts'
import { createLeftViews } from './left-views.ts'
import type { Outgoing } from './outgoing.ts'
import type { RoomFacts } from './room-facts.ts'
import type { Roster } from './roster.ts'
import { openTimeline } from './timeline.ts'
import type { Typing } from './typing.ts'

export interface OpenTimelinesOptions {
  /** This device. */
  me: DeviceId
  logs: Logs
  holders: Holders
  outgoings: (room: LogId) => Outgoing
  clock: Clock
  rooms: Value<ReadonlyMap<LogId, RoomFacts>>
  roster: Roster
  reading: Reading
  typing: Typing
}

export interface OpenTimelines extends Pick<Hearth, 'openTimeline' | 'prepareRoom'> {
  /** Resolves when all that were opened so far show their newest entries. */
  whenLoaded(): Promise<void>
  close(): void
}

/** What is shown of rooms, for as long as somebody looks at them, and for a while longer. */
export const createOpenTimelines = (options: OpenTimelinesOptions): OpenTimelines => {
  const { roster, reading, typing } = options
  const loading = new Set<Promise<unknown>>()
  const leftViews = createLeftViews(options.logs)

  const open = (room: LogId, shown: TimelineView | undefined) => {
    const timeline = openTimeline({
      ...options,
      room,
      shown,
      outgoing: options.outgoings(room),
      person: roster.person,
      author: roster.author,
      holder: roster.holder,
      people: roster.people,
      readersOf: (key, held) => reading.readersOf(room, key, held),
      onReaders: reading.onReaders,
      isRead: (key) => reading.isRead(room, key),
      typing: reading.shownTyping(roster.typingIn(room)),
      setTyping: (isTyping) => typing.set(room, isTyping && reading.privacy.get().typing),
    })
    const { loaded } = timeline
    loading.add(loaded)
    void loaded.then(() => loading.delete(loaded))
    return {
      ...timeline,
      close() {
        leftViews.leave(room, timeline.view.get())
        timeline.close()
      },
    }
  }
  /** Where something is to be read, one is led there, and not to what is newest. */
  const isUnread = (room: LogId) => reading.unread.get().has(room)

  return {
    openTimeline: (room, shown) => open(room, shown ?? (isUnread(room) ? undefined : leftViews.of(room))),
    async prepareRoom(room) {
      if (leftViews.of(room) || isUnread(room)) return
      const timeline = open(room, undefined)
      await timeline.loaded
      timeline.close()
    },
    async whenLoaded() {
      await Promise.all(loading)
    },
    close: leftViews.close,
  }
}
