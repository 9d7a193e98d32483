import type { AccountId } from '../../../shared/identifiers.ts'
import type {
  LatestLine,
  Person,
  PinnedMessage,
  Privacy,
  Room,
  TimelineItem,
  UnreadCount,
} from '../hearth.ts'
import type { LogId } from '../ports.ts'

/**
 * What the screen showed last, kept so that the next start can show it before it has opened a single page: what a person knows is there at once,
 * and the core, which is the larger part of the code, takes over below it.
 */
export interface KeptScreen {
  home: KeptHome
  rooms: ReadonlyMap<LogId, KeptRoom>
}

/** The list of rooms, and all whom a screen may name. */
export interface KeptHome {
  me: Person
  people: readonly Person[]
  rooms: readonly Room[]
  unread: ReadonlyMap<LogId, UnreadCount>
  latest: ReadonlyMap<LogId, LatestLine>
  lastSeen: ReadonlyMap<AccountId, number>
  privacy: Privacy
  phrase: 'kept' | 'notYet'
}

/** The newest of a room. */
export interface KeptRoom {
  items: readonly TimelineItem[]
  hasOlder: boolean
  pins: readonly PinnedMessage[]
}
