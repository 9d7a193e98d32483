import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { AccountId } from '../../shared/identifiers.ts'
import type { Result } from '../../shared/result.ts'
import type { Role } from '../../shared/roles.ts'
import type { LogId, ServerStatus, StoreProblem } from './ports.ts'
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
  /** They came with a new identity under a known name: a loud warning until somebody looks into it (I7). */
  hasNewIdentity: boolean
}

export interface Room {
  id: LogId
  /** Unique within the family (G8). */
  name: string
  isJoined: boolean
  /** `general`: everybody is in it and nobody leaves. */
  isGeneral: boolean
  members: readonly Person[]
}

/** Where one's own message has got to (ux 11). */
export type Delivery =
  | { status: 'saving' }
  | { status: 'failed'; problem: StoreProblem }
  | { status: 'onlyHere' }
  | { status: 'onDevices'; holders: readonly Holder[] }

/** A device that has it on its disk; one's own other devices are among them. */
export interface Holder {
  person: Person
  /** As its certificate says; empty where that has not come yet. */
  deviceName: string
}

export type TimelineItem =
  | {
      type: 'message'
      key: string
      ms: number
      author: Person
      text: string
      /** Only for one's own. */
      delivery?: Delivery
    }
  | { type: 'event'; key: string; ms: number; person: Person; event: 'created' | 'joined' | 'left' }

export interface TimelineView {
  /** Oldest first. */
  items: readonly TimelineItem[]
  hasOlder: boolean
  status: 'loading' | 'ready'
}

export type NameProblem =
  { type: 'nameEmpty' } | { type: 'nameTooLong'; limit: number } | { type: 'nameTaken' }
export type TextProblem = { type: 'textEmpty' } | { type: 'textTooLong'; limit: number }

/** A room opened on the screen. Close it when the screen turns elsewhere. */
export interface Timeline {
  readonly view: Value<TimelineView>
  /** Who is writing here now, without me. */
  readonly typing: Value<readonly Person[]>
  /** The message is in `view` at once; its delivery tells how it fares. */
  send(text: string): Result<void, TextProblem>
  /** Tries a failed message again. */
  retry(key: string): void
  loadOlder(): Promise<void>
  setTyping(isTyping: boolean): void
  close(): void
}

/** The state of the wires, for a person (ux 41). */
export interface ConnectionState {
  server: ServerStatus | 'notYet'
  /** Devices linked right now, without this one. */
  linkedDevices: number
}

export interface Hearth {
  readonly me: Value<Person>
  readonly people: Value<readonly Person[]>
  readonly rooms: Value<readonly Room[]>
  readonly connection: Value<ConnectionState>
  createRoom(name: string): Promise<Result<LogId, NameProblem | StoreProblem>>
  joinRoom(room: LogId): Promise<Result<void, StoreProblem>>
  leaveRoom(room: LogId): Promise<Result<void, StoreProblem>>
  openTimeline(room: LogId): Timeline
  close(): Promise<void>
}
