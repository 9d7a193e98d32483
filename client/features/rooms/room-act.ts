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

export const muteWords: readonly (readonly [MuteChoice, string])[] = [
  ['hour', 'For 1 hour'],
  ['eightHours', 'For 8 hours'],
  ['tomorrow', 'Until tomorrow'],
  ['forGood', 'For good'],
]
