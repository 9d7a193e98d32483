import type { AccountId } from '../../../shared/identifiers.ts'

/** Which dialog about rooms is open. `member`: one person of the room that is open, and what may be done about them. */
export type RoomDialog =
  | { name: 'new' | 'browse' | 'newMessage' | 'leave' | 'addPeople' | 'rename' }
  | { name: 'member'; person: AccountId }
