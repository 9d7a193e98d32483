import { ok } from '../../../shared/result.ts'
import type { MessageItem, MessageWish, Person, PinnedMessage, Timeline, TimelineView } from '../hearth.ts'
import { checkText } from '../room/message-text.ts'
import { createValue, type MutableValue, type Value } from '../value.ts'
import type { KeptRoom } from './kept-screen.ts'

export interface EarlyTimeline extends Timeline {
  /** From here on it is what `open` gives, which takes what was said. It is not called where nobody looks any more. */
  become(open: (shown: TimelineView) => Timeline): void
}

/** What was said in one room before the core is here, by each of its timelines that were opened meanwhile. */
export interface SaidEarly {
  wishes: MessageWish[]
  /** After each change. */
  keep(): void
}

/** The real thing, as soon as it is here, and all that it becomes. */
export const followValue = <T>(mine: MutableValue<T>, real: Value<T>): (() => void) => {
  mine.set(real.get())
  return real.subscribe(mine.set)
}

const whenLoaded = (view: Value<TimelineView>, goOn: () => void): (() => void) => {
  const look = () => view.get().status !== 'loading' && goOn()
  look()
  return view.subscribe(look)
}

/**
 * A room as it was shown last, until the core can open it. What is done meanwhile waits for that; what is said is on the screen at once
 * (ux 10), and says that it is not kept yet.
 */
export const createEarlyTimeline = (options: {
  kept: KeptRoom | undefined
  said: SaidEarly
  me: () => Person
  nowMs: () => number
}): EarlyTimeline => {
  const { kept = { items: [], hasOlder: false, pins: [] }, said, me, nowMs } = options
  const first: TimelineView = { items: kept.items, hasOlder: kept.hasOlder, status: 'loading' }
  const pins = createValue<readonly PinnedMessage[]>(kept.pins)
  const typing = createValue<readonly Person[]>([])
  let isClosed = false
  let isAtEnd = true
  let real: Timeline | undefined
  let arrive: (timeline: Timeline) => void
  const arrived = new Promise<Timeline>((resolve) => (arrive = resolve))
  let leave: (() => void)[] = []

  const showSaid = ({ text, isAction }: MessageWish, place: number): MessageItem => ({
    type: 'message',
    key: `early-${place}`,
    ms: nowMs(),
    author: me(),
    text,
    ...(isAction && { isAction }),
    delivery: { status: 'saving' },
  })
  const withSaid = (): TimelineView => ({ ...first, items: [...first.items, ...said.wishes.map(showSaid)] })
  const view = createValue(withSaid())

  return {
    view,
    pins,
    typing,
    become(open) {
      if (isClosed) return
      real = open(first)
      real.follow(isAtEnd)
      for (const wish of said.wishes.splice(0)) real.send(wish)
      said.keep()
      // A room has no pins until the core has looked for them.
      leave = [followValue(view, real.view), real.pins.subscribe(pins.set), followValue(typing, real.typing)]
      // Nothing can be done to a message before its page is read.
      leave.push(whenLoaded(view, () => real && arrive(real)))
    },

    isRead: (key) => real?.isRead(key) ?? true,
    send(wished) {
      if (real) return real.send(wished)
      const wish = typeof wished === 'string' ? { text: wished } : wished
      const text = checkText(wish.text)
      if (!text.ok) return text
      said.wishes.push({ ...wish, text: text.value })
      said.keep()
      view.set(withSaid())
      return ok(undefined)
    },
    edit: async (...asked) => (await arrived).edit(...asked),
    react: async (...asked) => (await arrived).react(...asked),
    vote: async (...asked) => (await arrived).vote(...asked),
    pin: async (...asked) => (await arrived).pin(...asked),
    reach: async (key) => (await arrived).reach(key),
    erase: async (key) => (await arrived).erase(key),
    loadOlder: async () => (await arrived).loadOlder(),
    follow(isNow) {
      isAtEnd = isNow
      real?.follow(isNow)
    },
    retry: (key) => real?.retry(key),
    setTyping: (isTyping) => real?.setTyping(isTyping),
    close() {
      isClosed = true
      for (const off of leave) off()
      real?.close()
    },
  }
}
