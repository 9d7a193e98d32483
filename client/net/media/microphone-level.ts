import type { Clock } from '../../core/ports.ts'
import { createValue, type Value } from '../../core/value.ts'
import type { CaptureShown } from './capture.ts'
import { createOwnLevel, openBrowserMeter, type OpenLevelMeter, type OwnLevel } from './level.ts'

export interface MicrophoneLevel {
  /** 0 to 1; 0 while there is no microphone. */
  readonly level: Value<number>
  readonly isSpeaking: Value<boolean>
  close(): void
}

/** How loud this device's microphone is, whichever it is at the moment. */
export const followMicrophone = (
  own: Value<{ readonly audio: CaptureShown }>,
  clock: Clock,
  open: OpenLevelMeter = openBrowserMeter,
): MicrophoneLevel => {
  const level = createValue(0)
  const isSpeaking = createValue(false)
  let heard: { track: MediaStreamTrack; own: OwnLevel } | undefined

  const follow = (): void => {
    const { audio } = own.get()
    const track = audio.status === 'live' ? audio.track : undefined
    if (track === heard?.track) return
    heard?.own.close()
    heard = undefined
    level.set(0)
    isSpeaking.set(false)
    if (track === undefined) return
    const meter = createOwnLevel(track, clock, open)
    meter.level.subscribe((loudness) => level.set(loudness))
    meter.isSpeaking.subscribe((speaks) => isSpeaking.set(speaks))
    heard = { track, own: meter }
  }
  const leave = own.subscribe(follow)
  follow()

  return {
    level,
    isSpeaking,
    close() {
      leave()
      heard?.own.close()
      heard = undefined
    },
  }
}
