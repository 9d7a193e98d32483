import type { AudioWish, CameraWish, CaptureProblem } from './capture-step.ts'

interface Memory {
  read(kind: 'audio' | 'camera'): string | undefined
}

/** Wished, not required: where the device is gone, the next one serves. */
const ideal = (value: string | undefined): { ideal: string } | undefined =>
  value === undefined ? undefined : { ideal: value }

const audioConstraints = (wish: AudioWish, remembered: string | undefined): MediaTrackConstraints => {
  const deviceId = ideal(wish.deviceId ?? remembered)
  return {
    ...(deviceId && { deviceId }),
    // Without it everybody hears themselves, filtered or not.
    echoCancellation: true,
    autoGainControl: wish.isUnfiltered !== true,
    noiseSuppression: wish.isUnfiltered !== true,
  }
}

const cameraConstraints = (wish: CameraWish, remembered: string | undefined): MediaTrackConstraints => {
  // Who wants the other side of the phone does not want the camera chosen last.
  const deviceId = ideal(wish.deviceId ?? (wish.facing === undefined ? remembered : undefined))
  const facingMode = ideal(wish.facing)
  return {
    ...(deviceId && { deviceId }),
    ...(facingMode && { facingMode }),
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
  }
}

export const constraintsOf = (
  { audio, camera }: { audio: AudioWish | undefined; camera: CameraWish | undefined },
  memory: Memory,
): MediaStreamConstraints => ({
  audio: audio === undefined ? false : audioConstraints(audio, memory.read('audio')),
  video: camera === undefined ? false : cameraConstraints(camera, memory.read('camera')),
})

/** Its sound comes along where the browser offers it. */
export const displayOptions: DisplayMediaStreamOptions = { video: { frameRate: { max: 30 } }, audio: true }

const problems: Readonly<Record<string, CaptureProblem['type']>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'inUse',
  AbortError: 'aborted',
}

/** What a browser's refusal means. */
export const captureProblemOf = (error: unknown, hasDevices: boolean): CaptureProblem => {
  if (!hasDevices) return { type: 'insecure' }
  // OverconstrainedError is no Error in every browser.
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''
  return { type: problems[name] ?? 'aborted' }
}
