import type { AccountId } from '../../../shared/identifiers.ts'
import type { Result } from '../../../shared/result.ts'
import type { EraseProblem } from '../log/keeping.ts'
import type { Holder, Person, Reader } from '../person.ts'
import type { StoreProblem } from '../ports.ts'
import type { Value } from '../value.ts'
import type { CallOutcome } from './call-summary.ts'
import type { Retention } from './retention.ts'

/** What a room shows, and what may be said and done in it. */

/**
 * What happened in a room; `by` did it where that is somebody else. `retained`: its keeping was changed. `topicChanged`: what it is about. `forked`: a device of theirs wrote two
 * messages in one place, and nothing more of it is taken there (P6).
 */
export type RoomEventName =
  | 'created'
  | 'joined'
  | 'left'
  | 'added'
  | 'removed'
  | 'renamed'
  | 'keysChanged'
  | 'becameAdmin'
  | 'becameMember'
  | 'retained'
  | 'topicChanged'
  | 'forked'

/** Where one's own message has got to (ux 11). */
export type Delivery =
  | { status: 'saving' }
  | { status: 'failed'; problem: StoreProblem }
  | { status: 'onlyHere' }
  | { status: 'onDevices'; holders: readonly Holder[] }
  /** By somebody else, at least; the first reader first. */
  | { status: 'read'; readers: readonly Reader[]; holders: readonly Holder[] }

/** Whom a part of a text names: in UTF-16 units of the text, in order, without overlap. */
export interface MentionRange {
  start: number
  length: number
  person: Person
}

/** The message that another one answers, as far as it is here. */
export interface Quote {
  /** For `Timeline.reach`. */
  key: string
  author?: Person
  /** As last edited; undefined where it is gone, or has not come yet. */
  text?: string
}

/** One emoji under a message, with everybody who gave it. */
export interface ReactionCount {
  emoji: string
  people: readonly Person[]
  isMine: boolean
}

export interface PollView {
  allowsSeveral: boolean
  options: readonly { text: string; voters: readonly Person[]; isMine: boolean }[]
}

export interface MessageItem {
  type: 'message'
  key: string
  ms: number
  author: Person
  /** As last edited. Of a poll, the question. */
  text: string
  mentions?: readonly MentionRange[]
  /** `/me`: told as what its author does. */
  isAction?: boolean
  replyTo?: Quote
  /** Who had written it, where somebody else brought it here. */
  forwardedFrom?: Person
  poll?: PollView
  /** When it was last edited, and what it said before, the first text first. */
  edited?: { ms: number; earlier: readonly { ms: number; text: string }[] }
  /** In the order in which they were first given. */
  reactions?: readonly ReactionCount[]
  isPinned?: boolean
  /** Only for one's own. */
  delivery?: Delivery
  /** The one who looks may make it go, everywhere (P4). */
  mayErase?: boolean
  /** It is of the one who looks. */
  mayEdit?: boolean
}

/** A message that is pinned for the whole room. */
export interface PinnedMessage {
  key: string
  author: Person
  text: string
  by: Person
  /** When it was pinned. */
  ms: number
}

export type TimelineItem =
  | MessageItem
  | {
      /** Here was a message of `author`'s, which `by` made go (P4). */
      type: 'erased'
      key: string
      ms: number
      author: Person
      by: Person
    }
  | {
      /** A call that is over (C6). */
      type: 'call'
      key: string
      ms: number
      /** Who placed it. */
      by: Person
      /** Anything but `answered`: nobody came. */
      outcome: CallOutcome
      /** 0 where nobody came. */
      durationMs: number
      hadVideo: boolean
      tookPart: readonly Person[]
      /** Whom it rang. */
      called: readonly Person[]
    }
  | {
      type: 'event'
      key: string
      ms: number
      /** Whom it befell. */
      person: Person
      event: RoomEventName
      /** Who did it, where that is somebody else. */
      by?: Person
      /** The room's new name. */
      name?: string
      /** How long the room is kept from then on. */
      keep?: Retention
      /** What it is about from then on; empty: nothing any more. */
      topic?: string
    }

export interface TimelineView {
  /** Oldest first. */
  items: readonly TimelineItem[]
  hasOlder: boolean
  status: 'loading' | 'ready'
}

export type { EraseProblem } from '../log/keeping.ts'
export type TextProblem = { type: 'textEmpty' } | { type: 'textTooLong'; limit: number }
/** `messageGone`: it was erased, or is not on the disk yet. */
export type AboutProblem = StoreProblem | { type: 'messageGone' }

/** What somebody wants to say. */
export interface MessageWish {
  text: string
  mentions?: readonly { start: number; length: number; account: AccountId }[]
  isAction?: boolean
  /** The key of the message it answers. */
  replyTo?: string
  forwardedFrom?: AccountId
  poll?: { options: readonly string[]; allowsSeveral: boolean }
}

/** A room opened on the screen. Close it when the screen turns elsewhere. */
export interface Timeline {
  readonly view: Value<TimelineView>
  /** Who is writing here now, without me. */
  readonly typing: Value<readonly Person[]>
  /** Whether an item has been read by now, on whichever of this person's devices. One's own have, and what is not a message or a call. */
  isRead(key: string): boolean
  /** The message is in `view` at once; its delivery tells how it fares. */
  send(wish: string | MessageWish): Result<void, TextProblem>
  /** Replaces the text of one's own message; what it said before stays to be seen. */
  edit(key: string, wish: MessageWish): Promise<Result<void, TextProblem | AboutProblem>>
  /** One reaction a person: another takes its place, undefined takes it back. */
  react(key: string, emoji: string | undefined): Promise<Result<void, AboutProblem>>
  /** Places among the poll's options; none takes it back. */
  vote(key: string, choices: readonly number[]): Promise<Result<void, AboutProblem>>
  pin(key: string, isPinned: boolean): Promise<Result<void, AboutProblem>>
  /** The newest pin first. */
  readonly pins: Value<readonly PinnedMessage[]>
  /** Loads the past until this message is in `view`. False where it is not here. */
  reach(key: string): Promise<boolean>
  /** Tries a failed message again. */
  retry(key: string): void
  /** Makes a message go from every device that learns of it (P4). */
  erase(key: string): Promise<Result<void, EraseProblem>>
  loadOlder(): Promise<void>
  /** Whether its end is what is looked at: then what lies far back need not stay in `view`. True until told otherwise. */
  follow(isAtEnd: boolean): void
  setTyping(isTyping: boolean): void
  close(): void
}
