import type { AccountId } from '../../../shared/identifiers.ts'
import type { LogId } from '../../core/ports.ts'

/** Which dialog about rooms is open. `member`: one person of the room that is open, and what may be done about them. */
export type RoomDialog =
  | { name: 'new' | 'browse' | 'newMessage' | 'addPeople' | 'rename' }
  /** About any room of the list; without one, about that which is open. */
  | { name: 'leave'; room?: LogId }
  | { name: 'tells'; room: LogId }
  | { name: 'member'; person: AccountId }
