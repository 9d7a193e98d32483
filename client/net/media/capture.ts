import { createValue, type Value } from '../../core/value.ts'
import { captureProblemOf, constraintsOf, displayOptions } from './capture-request.ts'
import {
  captureKinds,
  idleCapture,
  stepCapture,
  type AudioWish,
  type CameraWish,
  type CaptureEffect,
  type CaptureEvent,
  type CaptureKind,
  type CaptureProblem,
  type CaptureState,
  type CaptureWishes,
  type Given,
  type WishChange,
} from './capture-step.ts'

/** `navigator.mediaDevices`, as far as it is used; a test gives its own. */
export type CaptureDevices = Pick<
  MediaDevices,
  'getUserMedia' | 'getDisplayMedia' | 'addEventListener' | 'removeEventListener'
>

/** Which microphone and camera were chosen last, kept by this browser. */
export interface DeviceMemory {
  read(kind: 'audio' | 'camera'): string | undefined
  write(kind: 'audio' | 'camera', deviceId: string): void
}

export type CaptureShown =
  | { status: 'off' }
  | { status: 'asking' }
  | { status: 'live'; track: MediaStreamTrack; sound?: MediaStreamTrack }
  | { status: 'failed'; problem: CaptureProblem }

export interface Capture {
  readonly shown: Value<Readonly<Record<CaptureKind, CaptureShown>>>
  /**
   * From now on. Microphone and camera wished at once are one question; without a device it is the one chosen last. For the
   * screen call it out of a click: browsers want one before they offer it.
   */
  wish(change: WishChange): void
  /** Everything stops, and whatever is still granted is stopped at once. */
  dispose(): void
}

export interface CaptureOptions {
  /** Undefined where the page is not secure, or the browser has none. */
  devices: CaptureDevices | undefined
  memory: DeviceMemory
}

interface Captured {
  track: MediaStreamTrack
  sound?: MediaStreamTrack
}

const capturedOf = (track: MediaStreamTrack, hint: string, sound?: MediaStreamTrack): Captured => {
  track.contentHint = hint
  return { track, ...(sound && { sound }) }
}

const allOff = { audio: { status: 'off' }, camera: { status: 'off' }, screen: { status: 'off' } } as const

/** Microphone, camera and screen of this device, behind one reconciler (capture-step.ts). */
export const createCapture = ({ devices, memory }: CaptureOptions): Capture => {
  const shown = createValue<Readonly<Record<CaptureKind, CaptureShown>>>(allOff)
  let state: CaptureState<Captured> = idleCapture

  const showSlot = (kind: CaptureKind): CaptureShown => {
    const { wish, live, problem } = state.slots[kind]
    if (live !== undefined) return { status: 'live', ...live }
    if (problem !== undefined) return { status: 'failed', problem }
    return wish === undefined ? { status: 'off' } : { status: 'asking' }
  }

  const handle = (event: CaptureEvent<Captured>): void => {
    const step = stepCapture(state, event)
    if (step.state === state && step.effects.length === 0) return
    state = step.state
    for (const effect of step.effects) run(effect)
    shown.set({ audio: showSlot('audio'), camera: showSlot('camera'), screen: showSlot('screen') })
  }

  const request = async ({ screen, audio, camera }: CaptureWishes): Promise<Given<Captured>> => {
    if (devices === undefined) throw new TypeError('not in a secure page')
    if (screen !== undefined) {
      const stream = await devices.getDisplayMedia(displayOptions)
      const [track] = stream.getVideoTracks()
      return track === undefined ? {} : { screen: capturedOf(track, 'detail', stream.getAudioTracks()[0]) }
    }
    const stream = await devices.getUserMedia(constraintsOf({ audio, camera }, memory))
    const [microphone] = stream.getAudioTracks()
    const [picture] = stream.getVideoTracks()
    return {
      ...(microphone && { audio: capturedOf(microphone, 'speech') }),
      ...(picture && { camera: capturedOf(picture, 'motion') }),
    }
  }

  const ask = async (wishes: CaptureWishes): Promise<void> => {
    let given: Given<Captured>
    try {
      given = await request(wishes)
    } catch (error) {
      handle({ type: 'refused', problem: captureProblemOf(error, devices !== undefined) })
      return
    }
    for (const kind of captureKinds) {
      const captured = given[kind]
      // Nobody is told when we stop it ourselves.
      captured?.track.addEventListener('ended', () => handle({ type: 'ended', captured }))
    }
    handle({ type: 'given', given })
  }

  const run = (effect: CaptureEffect<Captured>): void => {
    if (effect.type === 'ask') return void ask(effect.wishes)
    effect.captured.track.stop()
    effect.captured.sound?.stop()
  }

  const remember = (kind: 'audio' | 'camera', wished: AudioWish | CameraWish | 'off' | undefined): void => {
    if (typeof wished === 'object' && wished.deviceId !== undefined) memory.write(kind, wished.deviceId)
  }

  /** Firefox at times tells a track's end to nobody: what has ended is looked for when a device comes or goes. */
  const findEnded = (): void => {
    for (const kind of captureKinds) {
      const captured = state.slots[kind].live
      if (captured?.track.readyState === 'ended') handle({ type: 'ended', captured })
    }
  }
  const onDeviceChange = (): void => {
    findEnded()
    handle({ type: 'devicesChanged' })
  }
  devices?.addEventListener('devicechange', onDeviceChange)

  return {
    shown,
    wish(change) {
      remember('audio', change.audio)
      remember('camera', change.camera)
      handle({ type: 'wished', change })
    },
    dispose() {
      devices?.removeEventListener('devicechange', onDeviceChange)
      handle({ type: 'disposed' })
    },
  }
}
