import { shallowReactive } from 'vue'
import type { LogId } from '../../core/ports.ts'

/** What was begun in each room and not sent (ux 17). Reading one is followed by the screen. */
export interface Drafts {
  read(room: LogId): string
  write(room: LogId, text: string): void
}

/** The part of localStorage that drafts need. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (room: LogId) => `hearth/draft/${room}`

/** `storage` may be absent or refuse (private windows, no space): then drafts last as long as the page. */
export const createDrafts = (storage: TextStorage | undefined): Drafts => {
  const texts = shallowReactive(new Map<LogId, string>())
  return {
    read(room) {
      const text = texts.get(room)
      if (text !== undefined) return text
      try {
        return storage?.getItem(keyOf(room)) ?? ''
      } catch {
        return ''
      }
    },
    write(room, text) {
      texts.set(room, text)
      try {
        if (text === '') storage?.removeItem(keyOf(room))
        else storage?.setItem(keyOf(room), text)
      } catch {
        // The draft stays in memory, which is all that can be done here.
      }
    },
  }
}
