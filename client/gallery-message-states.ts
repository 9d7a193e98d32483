import type { MessageItem, Person, TimelineItem } from './core/hearth.ts'
import { anna, bob, everybody, grandpa, layla, mia } from './core/testing/fake-family.ts'
import type { FakeHearth } from './core/testing/fake-hearth.ts'
import type { FakeRoom } from './core/testing/fake-rooms.ts'
import type { AppState } from './features/app-state.ts'

interface MessageStateTools {
  hearthWith: (wanted: { rooms: readonly FakeRoom[] }) => FakeHearth
  ready: (hearth: FakeHearth) => AppState
}

let made = 0
const ago = (minutes: number) => Date.now() - minutes * 60_000
const said = (
  minutes: number,
  author: Person,
  text: string,
  more: Partial<MessageItem> = {},
): MessageItem => ({
  type: 'message',
  key: `message-${made++}`,
  ms: ago(minutes),
  author,
  text,
  mayErase: true,
  ...(author.isMe && {
    mayEdit: true,
    delivery: { status: 'onDevices', holders: [{ person: bob, deviceName: '' }] },
  }),
  ...more,
})

/** With one more, which leads all the way back. */
export const answeringOldest = (items: readonly TimelineItem[]): TimelineItem[] => {
  const oldest = items.find((item) => item.type === 'message')
  return oldest === undefined
    ? [...items]
    : [...items, said(1, bob, 'Do you still know this one?', { replyTo: oldest })]
}

const bread = said(50, mia, 'Who brings the bread for Saturday?', {
  reactions: [
    { emoji: '👍', people: [bob, grandpa], isMine: false },
    { emoji: '🥖', people: [anna], isMine: true },
  ],
  isPinned: true,
})
const items: TimelineItem[] = [
  bread,
  said(48, bob, 'I do. Two loaves.', { replyTo: { key: bread.key, author: mia, text: bread.text } }),
  said(46, anna, 'Thank you!', {
    replyTo: { key: 'gone', author: bob },
    edited: { ms: ago(40), earlier: [{ ms: ago(46), text: 'Thnak you!' }] },
    reactions: [{ emoji: '❤️', people: [bob, mia], isMine: false }],
  }),
  said(44, layla, '@Anna هل تأتين يوم الجمعة؟', { mentions: [{ start: 0, length: 5, person: anna }] }),
  said(42, grandpa, 'is looking for his glasses', { isAction: true }),
  said(
    40,
    mia,
    '**Bring:**\n- hats\n- ~~ice~~ swimming things\n> what about the dog?\nThe code is `4711`, and ||it is a surprise||.',
  ),
  said(38, anna, 'The ferry leaves at ten, from the old pier.', { forwardedFrom: grandpa }),
  said(30, bob, 'What shall we eat?', {
    poll: {
      allowsSeveral: false,
      options: [
        { text: 'Soup', voters: [mia, layla], isMine: false },
        { text: 'Cake', voters: [anna, bob, grandpa], isMine: true },
        {
          text: 'Whatever the lake gives us, provided that somebody else takes the bones out',
          voters: [],
          isMine: false,
        },
      ],
    },
    reactions: [{ emoji: '😂', people: [mia], isMine: false }],
  }),
  said(20, anna, '🎂'),
]

/** All that a message can be. */
export const messageStates = ({ hearthWith, ready }: MessageStateTools): Record<string, () => AppState> => ({
  messages: () => {
    const hearth = hearthWith({ rooms: [{ name: 'general', members: everybody, items }] })
    for (const { id } of hearth.rooms.get()) void hearth.openTimeline(id).pin(bread.key, true)
    return ready(hearth)
  },
})
