import type { Sending } from '../../core/call/words.ts'
import type { Value } from '../../core/value.ts'
import type { Capture, CaptureShown } from './capture.ts'
import { captureKinds, type AudioWish, type CaptureKind, type WishChange } from './capture-step.ts'

const allOff: WishChange = { audio: 'off', camera: 'off', screen: 'off' }

const needs = (sending: Sending | undefined): Readonly<Record<CaptureKind, boolean>> => ({
  // Whoever is muted is still heard here, to be told so.
  audio: sending !== undefined && sending.audio !== 'none',
  camera: sending?.camera === true,
  screen: sending?.screen === true,
})

const isOn = ({ status }: CaptureShown): boolean => status === 'live' || status === 'asking'

/** What to wish of the devices when what a call sends has changed. What is on already, as in a preview, stays as it is. */
export const wishFor = (
  before: Sending | undefined,
  now: Sending | undefined,
  shown: Readonly<Record<CaptureKind, CaptureShown>>,
  audio: AudioWish = {},
): WishChange => {
  if (now === undefined) return allOff
  const [was, is] = [needs(before), needs(now)]
  const change: WishChange = {}
  if (is.audio && (!was.audio || shown.audio.status === 'failed') && !isOn(shown.audio)) change.audio = audio
  if (is.camera && !isOn(shown.camera)) change.camera = {}
  if (is.screen && !isOn(shown.screen)) change.screen = 'on'
  // Of what failed the reason stays on the screen.
  for (const kind of captureKinds) if (!is[kind] && isOn(shown[kind])) change[kind] = 'off'
  return change
}

/** What the call must stop saying it sends, since it is not there: refused, not there, or ended in the browser's own bar. */
export const missingFrom = (
  sending: Sending,
  shown: Readonly<Record<CaptureKind, CaptureShown>>,
): Partial<Sending> => {
  const isGone = (kind: CaptureKind) => shown[kind].status === 'failed' || shown[kind].status === 'off'
  return {
    ...(sending.audio !== 'none' && shown.audio.status === 'failed' && { audio: 'none' as const }),
    ...(sending.camera && isGone('camera') && { camera: false }),
    ...(sending.screen && isGone('screen') && { screen: false }),
  }
}

const withoutKey = (from: Partial<Sending>, key: keyof Sending): Partial<Sending> =>
  Object.fromEntries(Object.entries(from).filter(([each]) => each !== key))

export interface CallCaptureOptions {
  capture: Capture
  sending: Value<Sending | undefined>
  /** How the microphone is wished. */
  audioWish: () => AudioWish
  /** Tells the call what it does not send after all. */
  correct(change: Partial<Sending>): void
}

/** Keeps microphone, camera and screen as the call needs them, and the call honest about them. */
export const followCall = ({ capture, sending, audioWish, correct }: CallCaptureOptions): (() => void) => {
  let before = sending.get()
  /** What the call would send if it were there: a headset that comes back is heard again. */
  let withheld: Partial<Sending> = {}
  const look = (): void => {
    const now = sending.get()
    if (now === undefined) return
    const shown = capture.shown.get()
    const { audio, camera } = withheld
    const back: Partial<Sending> = {
      ...(audio !== undefined && shown.audio.status === 'live' && { audio }),
      ...(camera !== undefined && shown.camera.status === 'live' && { camera }),
    }
    const missing = missingFrom(now, shown)
    const change = { ...back, ...missing }
    if (Object.keys(change).length === 0) return
    if (missing.audio !== undefined) withheld = { ...withheld, audio: now.audio }
    else if (back.audio !== undefined) withheld = withoutKey(withheld, 'audio')
    if (missing.camera !== undefined && shown.camera.status === 'failed')
      withheld = { ...withheld, camera: true }
    else if (back.camera !== undefined) withheld = withoutKey(withheld, 'camera')
    correct(change)
  }
  const leave = [
    sending.subscribe((now) => {
      const change = wishFor(before, now, capture.shown.get(), audioWish())
      before = now
      if (now === undefined) withheld = {}
      if (Object.keys(change).length > 0) capture.wish(change)
    }),
    capture.shown.subscribe(look),
  ]
  return () => {
    for (const off of leave) off()
  }
}
