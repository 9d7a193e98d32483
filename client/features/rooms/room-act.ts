import type { WordKey } from '../../ui/language/language.ts'
import type { MuteChoice } from '../room-wishes.ts'

/** What may be done about a room from the list, without opening it. */
export type RoomAct =
  | { type: 'markRead' }
  | { type: 'favourite'; is: boolean }
  | { type: 'archive'; is: boolean }
  /** Undefined: no more. */
  | { type: 'mute'; how: MuteChoice | undefined }
  /** Asks what of it to tell. */
  | { type: 'tells' }
  | { type: 'leave' }

export const muteKeys: readonly (readonly [MuteChoice, WordKey])[] = [
  ['hour', 'roomDialogs.mute.hour'],
  ['eightHours', 'roomDialogs.mute.eightHours'],
  ['tomorrow', 'roomDialogs.mute.tomorrow'],
  ['forGood', 'roomDialogs.mute.forGood'],
]
