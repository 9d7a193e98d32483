import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Result } from '../../../shared/result.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Value } from '../value.ts'
import type { AccountProblem } from './account-problem.ts'

type Outcome<Done = void> = Promise<Result<Done, AccountProblem>>

/** What a person may do about their own account. */
export interface MyAccount {
  /** The name to sign in with; changes with the name others see. */
  readonly loginName: Value<string>
  changeProfile(change: ProfileChange): Outcome
  changePassword(oldPassword: string, newPassword: string): Outcome
  /** The 24 words, once the password has opened the seed. */
  readPhrase(password: string): Outcome<readonly string[]>
  /** Whether the phrase was written down; until then people are reminded. */
  readonly phrase: Value<'kept' | 'notYet'>
  keptPhrase(): void
  devices(): Outcome<readonly MyDevice[]>
  /** Its session ends, its Links are refused, and its key is good for nothing more (A7, L3). */
  revokeDevice(device: DeviceId, password: string): Outcome
  /** Looks at the link that another device shows as a QR code (I8). */
  readLinking(link: string): Outcome<LinkingRequest>
  /** Takes leave of this device: wipes all that Hearth keeps in this browser. Also without a server. */
  signOut(): Promise<void>
  readonly lock: AppLock
  readonly addressHiding: AddressHiding
}

export interface ProfileChange {
  name?: string
  status?: string
  /** At most `profileLimits.maxPictureBytes` of JPEG, PNG or WebP; `null` takes it away. */
  picture?: Bytes | null
}

export interface MyDevice {
  device: DeviceId
  name: string
  isThisOne: boolean
  createdAt: number
  lastSeenAt: number
  isConnected: boolean
  isSignedIn: boolean
}

export interface LinkingRequest {
  deviceName: string
  checkDigits: string
  /** Certifies the device and leaves it what it needs. */
  approve(password: string): Outcome
}

/** Connections go by the server's relay only, so that the family's devices do not learn this one's network address. */
export interface AddressHiding {
  readonly isHidden: Value<boolean>
  /** Whether the server has a relay; undefined until it was asked. Hidden without one, nobody can be reached. */
  readonly hasRelay: Value<boolean | undefined>
  /** Asks the server, where that is some time ago. */
  lookForRelay(): void
  setHidden(isHidden: boolean): void
}

/** I5: an optional lock on this device's keys. */
export interface AppLock {
  readonly state: Value<{ hasPassphrase: boolean; hasPasskey: boolean }>
  /** Whether this browser can use a passkey for it. */
  canUsePasskey(): Promise<boolean>
  setPassphrase(passphrase: string): Outcome
  addPasskey(): Outcome
  /** Removes every lock; the passphrase, where there is one, or the passkey is asked for. */
  remove(passphrase: string | undefined): Outcome
}

/** The screen before the chat while the lock is closed. */
export interface LockedDoor {
  hasPassphrase: boolean
  hasPasskey: boolean
  unlock(passphrase: string): Outcome
  unlockByPasskey(): Outcome
}
