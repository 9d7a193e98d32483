import type { ServerStatus } from './ports.ts'
import type { Value } from './value.ts'
import type { DeviceId } from '../../shared/identifiers.ts'

/** What is measured of the wires, for a person who wants to know why something does not work (ux 44). */

/** By which way a Link goes, as far as the browser tells. */
export interface LinkWay {
  /** Over a relay (TURN) at either end. */
  isRelayed: boolean | undefined
  /** There and back. */
  delayMs: number | undefined
}

/** Whether a server of the family's that helps devices to find a way does its work. `none`: there is none to ask. */
export type HelperFact = 'none' | 'works' | 'silent'

export interface LinkedDevice {
  /** Whose it is, and which; empty where that has not come yet. */
  person: string
  deviceName: string
  way: LinkWay | undefined
}

/** One field a check, each undefined until it has been looked at. */
export interface DoctorFacts {
  page: { isSecure: boolean; hasNetwork: boolean }
  storage: { isPersistent: boolean | undefined }
  server: { delayMs: number } | 'away'
  /** How far this device's clock is ahead of the server's, which tells whole seconds only. Undefined where it could not be asked. */
  clock: { aheadMs: number } | 'unknown'
  socket: { status: ServerStatus | 'notYet'; sinceMs: number | undefined; nowMs: number }
  stun: HelperFact
  relay: { fact: HelperFact; isAddressHidden: boolean }
  devices: readonly LinkedDevice[]
}

export interface Examination {
  /** Resolves when everything was looked at, or when it was stopped. */
  readonly done: Promise<void>
  /** Gives up what is still being measured; nothing more is told. */
  stop(): void
}

export interface ConnectionDoctor {
  /** Measures everything once, each thing with a limit of time, and tells each as it is found. Asks nobody but the family's own servers. */
  examine(tell: (found: Partial<DoctorFacts>) => void): Examination
  /** What is known of each Link's way, renewed when Links come and go and by `lookAtWays`. */
  readonly ways: Value<ReadonlyMap<DeviceId, LinkWay>>
  lookAtWays(): void
  /** What happened on the network lately, in stable words without names or addresses; oldest first. */
  events(): readonly { agoMs: number; code: string }[]
}
