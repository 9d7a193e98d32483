import { logLimits } from '../../../shared/limits.ts'
import { fail, ok } from '../../../shared/result.ts'
import { mayActOn } from '../../../shared/roles.ts'
import type { Delivery, Person, Timeline, TimelineItem, TimelineView } from '../hearth.ts'
import type { Clock } from '../ports.ts'
import { createValue } from '../value.ts'

const pageLength = 50

/** What a room holds, whether it is open or not, and the hands to make things happen in it. */
export interface FakeTimeline {
  open(): Timeline
  say(author: Person, text: string, ms?: number): string
  happen(item: TimelineItem): void
  deliver(key: string, delivery: Delivery): void
  setTyping(people: readonly Person[]): void
}

export const createFakeTimeline = (options: {
  me: Person
  clock: Clock
  items: TimelineItem[]
  /** What becomes of a message once it is sent, step by step. */
  fate: readonly { afterMs: number; delivery: Delivery }[]
  loadMs: number
}): FakeTimeline => {
  const { me, clock, fate, loadMs } = options
  let items = options.items.toSorted((a, b) => a.ms - b.ms)
  let shown = pageLength
  let made = 0
  const view = createValue<TimelineView>({ items: [], hasOlder: false, status: 'loading' })
  const typing = createValue<readonly Person[]>([])
  const wait = (afterMs: number) => new Promise<void>((resolve) => clock.setTimer(resolve, afterMs))

  const publish = () =>
    view.set({ items: items.slice(-shown), hasOlder: items.length > shown, status: 'ready' })

  const happen = (item: TimelineItem) => {
    const place = items.findLastIndex(({ ms }) => ms <= item.ms) + 1
    items = items.toSpliced(place, 0, item)
    shown += 1
    publish()
  }

  const say = (author: Person, text: string, ms = clock.now()) => {
    const key = `said-${made++}`
    const mayErase = author.isMe || mayActOn(me.role, author.role)
    const delivery = author.isMe ? { delivery: { status: 'saving' as const } } : {}
    happen({ type: 'message', key, ms, author, text, mayErase, ...delivery })
    return key
  }

  const deliver = (key: string, delivery: Delivery) => {
    items = items.map((item) => (item.key === key && item.type === 'message' ? { ...item, delivery } : item))
    publish()
  }

  const runFate = (key: string) => {
    for (const { afterMs, delivery } of fate) clock.setTimer(() => deliver(key, delivery), afterMs)
  }

  return {
    say,
    happen,
    deliver,
    setTyping: (people) => typing.set(people),
    open() {
      shown = pageLength
      view.set({ items: [], hasOlder: false, status: 'loading' })
      if (loadMs === 0) publish()
      else clock.setTimer(publish, loadMs)
      return {
        view,
        typing,
        send(text) {
          const limit = logLimits.maxTextBytes
          if (text.trim() === '') return fail({ type: 'textEmpty' })
          if (text.length > limit) return fail({ type: 'textTooLong', limit })
          runFate(say(me, text))
          return ok(undefined)
        },
        retry(key) {
          deliver(key, { status: 'saving' })
          runFate(key)
        },
        erase(key) {
          items = items.map((item) =>
            item.key === key && item.type === 'message'
              ? { type: 'erased', key, ms: item.ms, author: item.author, by: me }
              : item,
          )
          publish()
          return Promise.resolve(ok(undefined))
        },
        async loadOlder() {
          await wait(loadMs)
          shown += pageLength
          publish()
        },
        setTyping: () => undefined,
        close: () => undefined,
      }
    },
  }
}
