import type { DeviceId } from '../../shared/identifiers.ts'
import type { Calls } from '../core/call/create-calls.ts'
import type { LineQuality } from '../core/call/quality.ts'
import type { Value } from '../core/value.ts'

/** What the screens of calls need of this browser's microphone, cameras and Links; the composition root gives it. */

/**
 * denied: by the person, the browser or the page's policy. missing: there is no such device. inUse: another program has it. insecure: the page
 * did not come by HTTPS, or the browser cannot do it. aborted: anything else.
 */
export interface OwnMediaProblem {
  type: 'denied' | 'missing' | 'inUse' | 'insecure' | 'aborted'
}

export type OwnMedia =
  | { status: 'off' }
  | { status: 'asking' }
  /** `sound`: of a shared screen. */
  | { status: 'live'; track: MediaStreamTrack; sound?: MediaStreamTrack }
  | { status: 'failed'; problem: OwnMediaProblem }

/** What is not named stays as it is. The same once more is another try. */
export interface OwnMediaWish {
  /** Without a device it is the one chosen last. `isUnfiltered`: without noise suppression. */
  audio?: { deviceId?: string; isUnfiltered?: boolean } | 'off'
  camera?: { deviceId?: string; facing?: 'user' | 'environment' } | 'off'
}

/** Tracks that come from a device now. Each stays the same one as long as its Link. */
export interface RemoteMedia {
  audio?: MediaStreamTrack
  camera?: MediaStreamTrack
  screen?: MediaStreamTrack
  screenAudio?: MediaStreamTrack
}

export interface MediaDevice {
  id: string
  /** As the browser names it; empty until it may be used. */
  label: string
}

export interface MediaDeviceLists {
  microphones: readonly MediaDevice[]
  cameras: readonly MediaDevice[]
  /** Empty where the browser does not let a page choose. */
  speakers: readonly MediaDevice[]
}

/** What was chosen last, kept by this browser. */
export interface MediaChoices {
  microphone: string | undefined
  camera: string | undefined
  /** Undefined: the system's own. */
  speaker: string | undefined
  /** No noise suppression. */
  isUnfiltered: boolean
}

export interface CallStage {
  readonly own: Value<Readonly<Record<'audio' | 'camera' | 'screen', OwnMedia>>>
  /**
   * For a preview before a call, and for changing devices in one. In a call, what `Calls` says is sent decides what is on: `send({ camera: true })`
   * turns the camera on by itself, and the screen is asked for by `send({ screen: true })` out of a click.
   */
  wish(change: OwnMediaWish): void
  /** Lets go of what a preview had on, unless a call needs it. */
  endPreview(): void
  readonly devices: Value<MediaDeviceLists>
  readonly choices: Value<MediaChoices>
  choose(change: Partial<MediaChoices>): void
  /** How loud this device's microphone is, 0 to 1, muted or not; 0 where it is off. */
  readonly ownLevel: Value<number>
  /** The person at this device is speaking, muted or not. */
  readonly isSpeaking: Value<boolean>
  readonly remote: Value<ReadonlyMap<DeviceId, RemoteMedia>>
  /** How loud a device's sound is now, 0 to 1; undefined where it is not known. Ask as often as it is drawn. */
  levelOf(device: DeviceId): number | undefined
  /** Measured anew every two seconds during a call. */
  readonly quality: Value<ReadonlyMap<DeviceId, LineQuality>>
}

export type { LineQuality } from '../core/call/quality.ts'

/** All that the screens of calls work with. */
export interface CallDesk {
  calls: Calls
  stage: CallStage
}
