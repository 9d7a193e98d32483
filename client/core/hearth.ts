import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { AccountId } from '../../shared/identifiers.ts'
import type { Result } from '../../shared/result.ts'
import type { Role } from '../../shared/roles.ts'
import type { LogId, ServerStatus, StoreProblem } from './ports.ts'
import type { EraseProblem } from './log/keeping.ts'
import type { RefusalReason } from './refusals.ts'
import type { CallOutcome } from './room/call-summary.ts'
import type { Retention } from './room/retention.ts'
import type { Value } from './value.ts'

/** What the screen sees of the core, and all it may ask of it. */

export interface Person {
  id: AccountId
  /** As the person gave it; made unique for the eye only ("Anna (2)"). */
  name: string
  isMe: boolean
  /** One of their devices is linked to this one right now. */
  isHere: boolean
  role: Role
  /** A line about themselves; empty where there is none. */
  status: string
  /** JPEG, PNG or WebP. */
  picture: Bytes | undefined
  /** Not in the family any more: what they wrote stays. */
  isRemoved: boolean
  /** The one who looks has made sure of them (I7). */
  isVerified: boolean
  /** The one who looks wants to hear nothing of them: their direct messages never show. */
  isBlocked: boolean
  /** They came with a new identity under a known name: a loud warning until somebody looks into it (I7). */
  hasNewIdentity: boolean
}

export interface Room {
  id: LogId
  /** `open`: the whole family may come in. `private`: by being added only. `direct`: two people, for ever (G1). */
  kind: 'open' | 'private' | 'direct'
  /** Unique within the family (G8); a private room's within what one sees; a direct one's is the other person's. */
  name: string
  isJoined: boolean
  /** `general`: everybody is in it and nobody leaves. */
  isGeneral: boolean
  members: readonly Person[]
  /** Of a private room: who may do what there (G2). Whoever is not in it is a plain member. */
  roles: ReadonlyMap<AccountId, Role>
  /** Whether newcomers of a private room read what was said before they came. */
  history: 'all' | 'fromJoining'
  /** How long what is said here is kept (P8). */
  keep: Retention
  mayChangeKeep: boolean
}

export interface PrivateRoomWish {
  name: string
  members: readonly AccountId[]
  history: Room['history']
}

/**
 * What happened in a room; `by` did it where that is somebody else. `retained`: its keeping was changed. `forked`: a device of theirs wrote two
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
  | 'forked'

/** Where one's own message has got to (ux 11). */
export type Delivery =
  | { status: 'saving' }
  | { status: 'failed'; problem: StoreProblem }
  | { status: 'onlyHere' }
  | { status: 'onDevices'; holders: readonly Holder[] }
  /** By somebody else, at least; the first reader first. */
  | { status: 'read'; readers: readonly Reader[]; holders: readonly Holder[] }

/** A device that has it on its disk; one's own other devices are among them. */
export interface Holder {
  person: Person
  /** As its certificate says; empty where that has not come yet. */
  deviceName: string
}

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
    }

export interface TimelineView {
  /** Oldest first. */
  items: readonly TimelineItem[]
  hasOlder: boolean
  status: 'loading' | 'ready'
}

export type NameProblem =
  { type: 'nameEmpty' } | { type: 'nameTooLong'; limit: number } | { type: 'nameTaken' }
export type RoomProblem = StoreProblem | { type: 'roleTooLow' }
export type { EraseProblem } from './log/keeping.ts'
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
  setTyping(isTyping: boolean): void
  close(): void
}

/** What came to a room after the place up to which its person has read there, of others; what they erased is not counted. */
export interface UnreadCount {
  /** At most 100, which says "more than 99". Without calls. */
  messages: number
  hasMissedCall: boolean
  /** Of `messages`, those that name this person. */
  mentions: number
}

/** The last thing that happened in a room, for the list of rooms. Who joined or renamed it is not among it. */
export interface LatestLine {
  ms: number
  /** Of a call: who placed it. Of something erased: whose it was. */
  author: Person
  /** The message's text; empty for the others. */
  text: string
  type: 'message' | 'call' | 'erased'
}

/** Who has read a message, and when they did, by their own clock. */
export interface Reader {
  person: Person
  ms: number
}

/** What a person lets others know of themselves. What is off is neither told nor shown: it goes both ways (ux 22). */
export interface Privacy {
  /** How far one has read. */
  receipts: boolean
  typing: boolean
  lastSeen: boolean
}

/** The state of the wires, for a person (ux 41). */
export interface ConnectionState {
  server: ServerStatus | 'notYet'
  /** Devices linked right now, without this one. */
  linkedDevices: number
}

/** Something that a device sent and this one did not take (P3, L7), as often as it came. */
export interface RefusedThing {
  key: string
  firstMs: number
  latestMs: number
  count: number
  /** Undefined for a device that nobody has vouched for. */
  from: Holder | undefined
  about:
    | { type: 'room'; name: string | undefined }
    /** Messages of whichever room. */
    | { type: 'sync' }
    /** Who is in the family, and which rooms there are. */
    | { type: 'family' }
    /** The connection, before (`door`) and after the device had proved itself. */
    | { type: 'door' | 'link' }
  why: RefusalReason
}

/** A room's page in which this device's own feed is forked: somebody else writes as this device, or its disk went back in time (P6, P7). */
export interface OwnFork {
  room: LogId
  page: number
  /** What this device had said there and nobody keeps any more, as far as it was found out since this core was opened. */
  lost: readonly string[]
}

export interface Hearth {
  readonly me: Value<Person>
  readonly people: Value<readonly Person[]>
  readonly rooms: Value<readonly Room[]>
  readonly connection: Value<ConnectionState>
  /** Of each joined room in which something was not read; empty until the first screen has been shown. */
  readonly unread: Value<ReadonlyMap<LogId, UnreadCount>>
  /** Of each joined room in which something was said; empty until the first screen has been shown. */
  readonly latest: Value<ReadonlyMap<LogId, LatestLine>>
  /** When somebody who is not here was last linked to this device, by its clock, to the minute; without those who would rather not tell. */
  readonly lastSeen: Value<ReadonlyMap<AccountId, number>>
  readonly privacy: Value<Privacy>
  /** What was refused since this core was opened, newest first. */
  readonly refusals: Value<readonly RefusedThing[]>
  /**
   * Where this device's own feed is forked (P6): it writes there no more, what is tried fails with `ownFeedForked`, and its person had better
   * sign in anew, which makes it a new device (P7).
   */
  readonly ownForks: Value<readonly OwnFork[]>
  createRoom(name: string): Promise<Result<LogId, NameProblem | StoreProblem>>
  /** A group of its own, with keys of its own (G1). */
  createPrivateRoom(wish: PrivateRoomWish): Promise<Result<LogId, NameProblem | StoreProblem>>
  /** The room of two, which both sides make alike and alone (G1). */
  openDirect(account: AccountId): Promise<Result<LogId, StoreProblem>>
  /** By an admin of a private room. */
  addToRoom(room: LogId, account: AccountId): Promise<Result<void, RoomProblem>>
  removeFromRoom(room: LogId, account: AccountId): Promise<Result<void, RoomProblem>>
  renameRoom(room: LogId, name: string): Promise<Result<void, NameProblem | RoomProblem>>
  /** By the owner of a private room. */
  setRoomRole(room: LogId, account: AccountId, role: 'admin' | 'member'): Promise<Result<void, RoomProblem>>
  joinRoom(room: LogId): Promise<Result<void, StoreProblem>>
  leaveRoom(room: LogId): Promise<Result<void, StoreProblem>>
  /** How long what is said in a room is kept (P8). */
  keepRoom(room: LogId, keep: Retention): Promise<Result<void, RoomProblem>>
  openTimeline(room: LogId): Timeline
  /** Says something in a room that is not on the screen: resolves when it is on the disk. */
  sendTo(room: LogId, wish: MessageWish): Promise<Result<void, TextProblem | StoreProblem>>
  /** All that is in the room now has been before somebody's eyes: tells the person's other devices, and the others where that is wanted. */
  markRead(room: LogId): void
  /** Holds at once, and follows this person to their other devices. */
  changePrivacy(change: Partial<Privacy>): void
  close(): Promise<void>
}
