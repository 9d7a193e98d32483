import { logLimits } from '../../../shared/limits.ts'
import { fail, ok } from '../../../shared/result.ts'
import { mayActOn } from '../../../shared/roles.ts'
import type {
  Delivery,
  MessageItem,
  MessageWish,
  Person,
  PinnedMessage,
  ReactionCount,
  Timeline,
  TimelineItem,
  TimelineView,
} from '../hearth.ts'
import type { Clock } from '../ports.ts'
import { createValue } from '../value.ts'

const pageLength = 50
const mostFollowed = 200

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
  const pins = createValue<readonly PinnedMessage[]>([])
  const wait = (afterMs: number) => new Promise<void>((resolve) => clock.setTimer(resolve, afterMs))

  const publish = () =>
    view.set({ items: items.slice(-shown), hasOlder: items.length > shown, status: 'ready' })

  const happen = (item: TimelineItem) => {
    const place = items.findLastIndex(({ ms }) => ms <= item.ms) + 1
    items = items.toSpliced(place, 0, item)
    shown += 1
    publish()
  }

  const messageAt = (key: string): MessageItem | undefined =>
    items.find((item): item is MessageItem => item.key === key && item.type === 'message')

  const change = (key: string, to: (item: MessageItem) => MessageItem) => {
    items = items.map((item) => (item.key === key && item.type === 'message' ? to(item) : item))
    publish()
    return Promise.resolve(ok(undefined))
  }

  const quote = (key: string | undefined): Pick<MessageItem, 'replyTo'> => {
    const answered = key === undefined ? undefined : messageAt(key)
    return answered ? { replyTo: { key: answered.key, author: answered.author, text: answered.text } } : {}
  }

  const showWish = ({ isAction, poll, replyTo }: MessageWish): Partial<MessageItem> => ({
    ...quote(replyTo),
    ...(isAction && { isAction }),
    ...(poll && {
      poll: { ...poll, options: poll.options.map((text) => ({ text, voters: [], isMine: false })) },
    }),
  })

  const react = (reactions: readonly ReactionCount[], emoji: string | undefined): ReactionCount[] => {
    const others = reactions
      .map((one) => ({ ...one, people: one.people.filter((person) => !person.isMe), isMine: false }))
      .filter(({ people }) => people.length > 0)
    if (emoji === undefined) return others
    const same = others.find((one) => one.emoji === emoji)
    if (!same) return [...others, { emoji, people: [me], isMine: true }]
    return others.map((one) => (one === same ? { ...one, people: [...one.people, me], isMine: true } : one))
  }

  const say = (author: Person, text: string, ms = clock.now(), wish?: MessageWish) => {
    const key = `said-${made++}`
    const mayErase = author.isMe || mayActOn(me.role, author.role)
    const delivery = author.isMe ? { delivery: { status: 'saving' as const } } : {}
    const mayEdit = author.isMe && { mayEdit: true }
    happen({
      type: 'message',
      key,
      ms,
      author,
      text,
      mayErase,
      ...mayEdit,
      ...delivery,
      ...(wish && showWish(wish)),
    })
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
        pins,
        send(wished) {
          const wish = typeof wished === 'string' ? { text: wished } : wished
          const { text } = wish
          const limit = logLimits.maxTextBytes
          if (text.trim() === '') return fail({ type: 'textEmpty' })
          if (text.length > limit) return fail({ type: 'textTooLong', limit })
          runFate(say(me, text, clock.now(), wish))
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
        edit(key, { text }) {
          const ms = clock.now()
          return change(key, (item) => {
            const earlier = [
              ...(item.edited?.earlier ?? []),
              { ms: item.edited?.ms ?? item.ms, text: item.text },
            ]
            return { ...item, text, edited: { ms, earlier } }
          })
        },
        react: (key, emoji) =>
          change(key, (item) => ({ ...item, reactions: react(item.reactions ?? [], emoji) })),
        vote: (key, choices) =>
          change(key, (item) => {
            if (!item.poll) return item
            const options = item.poll.options.map((option, place) => {
              const voters = option.voters.filter((person) => !person.isMe)
              const isMine = choices.includes(place)
              return { ...option, voters: isMine ? [...voters, me] : voters, isMine }
            })
            return { ...item, poll: { ...item.poll, options } }
          }),
        pin(key, isPinned) {
          const item = messageAt(key)
          const others = pins.get().filter((pin) => pin.key !== key)
          const pinned = { key, author: item?.author ?? me, text: item?.text ?? '', by: me, ms: clock.now() }
          pins.set(isPinned ? [pinned, ...others] : others)
          return change(key, (one) => ({ ...one, isPinned }))
        },
        reach(key) {
          const place = items.findIndex((item) => item.key === key)
          if (place === -1) return Promise.resolve(false)
          shown = Math.max(shown, items.length - place)
          publish()
          return Promise.resolve(true)
        },
        async loadOlder() {
          await wait(loadMs)
          shown += pageLength
          publish()
        },
        follow(isAtEnd) {
          if (!isAtEnd || shown <= mostFollowed) return
          shown = pageLength
          publish()
        },
        setTyping: () => undefined,
        isRead: () => true,
        close: () => undefined,
      }
    },
  }
}
