import { screenLimits } from '../../../shared/limits.ts'
import type { Hearth, Timeline } from '../hearth.ts'
import type { Clock, LogId, ScreenStore, Timer } from '../ports.ts'
import { keptItemsOf } from '../room/kept-items.ts'
import type { Value } from '../value.ts'
import type { KeptHome, KeptRoom } from './kept-screen.ts'
import { encodeScreen } from './screen-codec.ts'

export interface ScreenKeeper<Kept extends Hearth> {
  /** The same Hearth; the rooms that are opened by it are kept as they are shown. */
  hearth: Kept
  /** Keeps what is shown now: the page may be gone in a moment. */
  keepNow(): Promise<void>
  close(): void
}

const roomOf = ({ view, pins }: Timeline): KeptRoom => ({ ...keptItemsOf(view.get()), pins: pins.get() })

/** Keeps what the screen shows, some time after it has changed. What could not be kept is as if it had never been shown. */
export const keepScreen = <Kept extends Hearth>(options: {
  hearth: Kept
  /** Whether the phrase was written down: the screen reminds of it. */
  phrase: Value<'kept' | 'notYet'>
  store: ScreenStore
  clock: Clock
  /** Names this build: no other one reads what it keeps. */
  release: string
}): ScreenKeeper<Kept> => {
  const { hearth, phrase, store, clock, release } = options
  const { me, people, rooms, unread, latest, lastSeen, privacy } = hearth
  /** What is to be kept, by the name it is kept under: it is looked at when it is written down. */
  const changed = new Map<string, () => object>()
  let timer: Timer | undefined
  let writing: Promise<void> = Promise.resolve()

  const keepNow = (): Promise<void> => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = undefined
    writing = writing.then(async () => {
      for (const [name, shown] of changed) {
        changed.delete(name)
        await store.save(name, () => encodeScreen(shown(), release))
      }
    })
    return writing
  }
  const note = (name: string, shown: () => object): void => {
    changed.set(name, shown)
    timer ??= clock.setTimer(() => void keepNow(), screenLimits.keepAfterMs)
  }

  const noteHome = () =>
    note(screenLimits.homeName, (): KeptHome => ({
      me: me.get(),
      people: people.get(),
      rooms: rooms.get(),
      unread: unread.get(),
      latest: latest.get(),
      lastSeen: lastSeen.get(),
      privacy: privacy.get(),
      phrase: phrase.get(),
    }))
  const followed: Value<unknown>[] = [me, people, rooms, unread, latest, lastSeen, privacy, phrase]
  const leave = followed.map((value) => value.subscribe(noteHome))
  noteHome()

  const follow = (room: LogId, timeline: Timeline): Timeline => {
    const noteRoom = () => {
      if (timeline.view.get().status === 'ready') note(room, () => roomOf(timeline))
    }
    const off = [timeline.view.subscribe(noteRoom), timeline.pins.subscribe(noteRoom)]
    noteRoom()
    return {
      ...timeline,
      close() {
        for (const stop of off) stop()
        timeline.close()
      },
    }
  }

  return {
    hearth: { ...hearth, openTimeline: (room, shown) => follow(room, hearth.openTimeline(room, shown)) },
    keepNow,
    close() {
      for (const off of leave) off()
      if (timer !== undefined) clock.clearTimer(timer)
    },
  }
}
