import type { LogId } from '../../core/ports.ts'
import type { Value } from '../../core/value.ts'
import type { NoticeWords } from './notice-words.ts'

/** `unsupported`: this browser knows no notifications, or not for a page like this one. */
export type Leave = 'unasked' | 'granted' | 'denied' | 'unsupported'

/** How a person is told something outside the page; what notifications need of a browser. */
export interface Teller {
  /** Whether the browser lets the page show notifications. */
  readonly leave: Value<Leave>
  /** Asks the person, by the browser's own words. Only ever out of a press (ux 33). */
  askLeave(): Promise<Leave>
  /** One a room: a newer one takes the place of the one before. A press on it calls `onOpen`. */
  show(room: LogId, words: NoticeWords): void
  /** Takes back what was shown of a room. */
  close(room: LogId): void
  sound(): void
  /** On the icon of the installed app; 0 takes it away. */
  badge(count: number): void
  /** Somebody pressed a notification: the page has the focus already. */
  onOpen(listener: (room: LogId) => void): () => void
  /** Lets go of all that is still shown, and of the sound. */
  end(): void
}
