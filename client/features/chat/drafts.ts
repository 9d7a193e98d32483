import { shallowReactive } from 'vue'
import type { LogId } from '../../core/ports.ts'
import { moveMentions } from './compose/move-mentions.ts'
import { encodeMore, parseMore, type DraftMore, type KeptMention } from './compose/draft-more.ts'

/** What was begun in each room and not sent (ux 17). Reading one is followed by the screen. */
export interface Drafts {
  read(room: LogId): string
  /** Mentions move along with the text that they stand in. */
  write(room: LogId, text: string): void
  /** Whom the text names, where it does. */
  readMentions(room: LogId): readonly KeptMention[]
  writeMentions(room: LogId, mentions: readonly KeptMention[]): void
  /** The key of the message that is being answered. */
  readReplyTo(room: LogId): string | undefined
  writeReplyTo(room: LogId, key: string | undefined): void
}

/** The part of localStorage that drafts need. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (room: LogId) => `hearth/draft/${room}`
/** Beside the text, which stays where it has always been. */
const moreKeyOf = (room: LogId) => `hearth/draft-more/${room}`

/** `storage` may be absent or refuse (private windows, no space): then drafts last as long as the page. */
export const createDrafts = (storage: TextStorage | undefined): Drafts => {
  const texts = shallowReactive(new Map<LogId, string>())
  const more = shallowReactive(new Map<LogId, DraftMore>())

  const load = (key: string): string => {
    try {
      return storage?.getItem(key) ?? ''
    } catch {
      return ''
    }
  }
  const keep = (key: string, value: string) => {
    try {
      if (value === '') storage?.removeItem(key)
      else storage?.setItem(key, value)
    } catch {
      // It stays in memory, which is all that can be done here.
    }
  }
  const read = (room: LogId) => texts.get(room) ?? load(keyOf(room))
  const readMore = (room: LogId) => more.get(room) ?? parseMore(load(moreKeyOf(room)), read(room))
  const writeMore = (room: LogId, change: Partial<DraftMore>) => {
    const next = { ...readMore(room), ...change }
    more.set(room, next)
    keep(moreKeyOf(room), encodeMore(next))
  }

  return {
    read,
    write(room, text) {
      const before = read(room)
      const { mentions } = readMore(room)
      texts.set(room, text)
      keep(keyOf(room), text)
      if (mentions.length > 0) writeMore(room, { mentions: moveMentions(mentions, before, text) })
    },
    readMentions: (room) => readMore(room).mentions,
    writeMentions: (room, mentions) => writeMore(room, { mentions }),
    readReplyTo: (room) => readMore(room).replyTo,
    writeReplyTo: (room, replyTo) => writeMore(room, { replyTo }),
  }
}
