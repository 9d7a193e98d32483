import { KiB, seconds } from './units.ts'

/** Names of people and rooms, and what a room is about, in characters as people count them. */
export const nameLimits = {
  maxPersonName: 40,
  maxFamilyName: 40,
  maxRoomName: 40,
  maxTopic: 200,
  maxRooms: 1_000,
  maxRoomsOfOne: 200,
} as const

/** What a member tells the family about themselves. */
export const profileLimits = { maxStatusChars: 80, maxPictureBytes: 12 * KiB, picturePixels: 128 } as const

/** What a message carries beside its text, and what may be said about one. */
export const messageLimits = {
  /** Fields beside the text, those of newer versions included, and each one's bytes. */
  maxFields: 16,
  maxFieldBytes: 4 * KiB,
  maxMentions: 64,
  minPollOptions: 2,
  maxPollOptions: 12,
  maxPollOptionBytes: 400,
  maxReactionBytes: 64,
  /** Pinned messages of a room that are shown, the newest first. */
  maxPins: 50,
} as const

export const typingLimits = { shownForMs: 5 * seconds, announceEveryMs: 2 * seconds } as const
