import type { AccountId } from '../../shared/identifiers.ts'
import type { Result } from '../../shared/result.ts'
import type { Role } from '../../shared/roles.ts'
import type { DeviceStorage } from './device-storage.ts'
import type { Holder, Person } from './person.ts'
import type { LogId, ServerStatus, StoreProblem } from './ports.ts'
import type { RefusalReason } from './refusals.ts'
import type { Retention } from './room/retention.ts'
import type { MessageWish, TextProblem, Timeline, TimelineView } from './room/timeline-view.ts'
import type { Value } from './value.ts'

export type * from './person.ts'
export type * from './room/timeline-view.ts'

/** What the screen sees of the core, and all it may ask of it. */

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
  /** What it is about, in one line; absent where nobody has said (ux 19). */
  topic?: string
}

export interface PrivateRoomWish {
  name: string
  members: readonly AccountId[]
  history: Room['history']
}

export type NameProblem =
  { type: 'nameEmpty' } | { type: 'nameTooLong'; limit: number } | { type: 'nameTaken' }
export type TopicProblem = { type: 'topicTooLong'; limit: number }
export type RoomProblem = StoreProblem | { type: 'roleTooLow' }
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

/** History that comes from other devices. Newest first, and from several at once, so all of it is about. */
export interface HistoryProgress {
  /** When the oldest that has come was written. */
  backToMs: number
  /** From 0 to 1. It goes back where more is found to be missing. */
  fraction: number
  /** About so many at most; 0 where nobody can say yet. */
  messagesLeft: number
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
  /** Whether what was said before may still be on its way to a device that is new: then an empty room may only look like one. */
  readonly isHistoryComing: Value<boolean>
  /** Undefined where none comes, or no more than a moment's work. */
  readonly history: Value<HistoryProgress | undefined>
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
  /** What this device keeps; nothing where there is no disk to look at, or not yet. */
  readonly storage: Value<DeviceStorage | undefined>
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
  /** What a room is about, by whoever may say how long it is kept; empty takes it away. Not between two people. */
  setTopic(room: LogId, topic: string): Promise<Result<void, TopicProblem | RoomProblem>>
  /** @param shown what the screen shows of it already, to begin with. */
  openTimeline(room: LogId, shown?: TimelineView): Timeline
  /** Reads what is newest in a room, so that it is there at once when the room is opened, unless something comes before. */
  prepareRoom(room: LogId): Promise<void>
  /** Says something in a room that is not on the screen: resolves when it is on the disk. */
  sendTo(room: LogId, wish: MessageWish): Promise<Result<void, TextProblem | StoreProblem>>
  /** All that is in the room now has been before somebody's eyes: tells the person's other devices, and the others where that is wanted. */
  markRead(room: LogId): void
  /** Holds at once, and follows this person to their other devices. */
  changePrivacy(change: Partial<Privacy>): void
  close(): Promise<void>
}
