import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { AccountId } from '../../shared/identifiers.ts'
import type { Role } from '../../shared/roles.ts'
import type { PersonWay } from './room/person-ways.ts'

export interface Person {
  id: AccountId
  /** As the person gave it; made unique for the eye only ("Anna (2)"). */
  name: string
  isMe: boolean
  /** One of their devices is linked to this one right now. */
  isHere: boolean
  /** How they are linked, while they are here and as far as it is known (ux 22). */
  way?: PersonWay
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

/** A device that has it on its disk; one's own other devices are among them. */
export interface Holder {
  person: Person
  /** As its certificate says; empty where that has not come yet. */
  deviceName: string
}

/** Who has read a message, and when they did, by their own clock. */
export interface Reader {
  person: Person
  ms: number
}
