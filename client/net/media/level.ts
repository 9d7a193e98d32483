import type { Clock, Timer } from '../../core/ports.ts'
import { createValue, type Value } from '../../core/value.ts'

/** Hears how loud a track is, over Web Audio; a test gives its own. */
export interface LevelMeter {
  /** The samples heard last, -1 to 1, in an array that is used again. */
  samples(): Float32Array
  close(): void
}
export type OpenLevelMeter = (track: MediaStreamTrack) => LevelMeter

export interface OwnLevel {
  /** 0 to 1, as the microphone hears it, whether or not it is sent. */
  readonly level: Value<number>
  /** Somebody speaks: from the first loud moment until a while after the last. */
  readonly isSpeaking: Value<boolean>
  close(): void
}

const lookEveryMs = 50
/** Speech close to a microphone is around 0.1; a quiet room is below 0.01. */
const speechLevel = 0.04
const speechLastsMs = 600

const loudnessOf = (samples: Float32Array): number => {
  const square = samples.reduce((sum, sample) => sum + sample * sample, 0)
  return samples.length === 0 ? 0 : Math.min(1, Math.sqrt(square / samples.length))
}

/**
 * How loud one's own microphone is, to show who speaks and to say "you are muted" to who does. Give it the captured track, and keep
 * that enabled: a muted person sends no track, but is still heard here, and nowhere else.
 */
export const createOwnLevel = (
  track: MediaStreamTrack,
  clock: Clock,
  open: OpenLevelMeter = openBrowserMeter,
): OwnLevel => {
  const meter = open(track)
  const level = createValue(0)
  const isSpeaking = createValue(false)
  let loudAtMs = -Infinity
  let timer: Timer

  const look = (): void => {
    timer = clock.setTimer(look, lookEveryMs)
    const loudness = loudnessOf(meter.samples())
    if (loudness >= speechLevel) loudAtMs = clock.now()
    level.set(loudness)
    isSpeaking.set(clock.now() - loudAtMs < speechLastsMs)
  }
  look()

  return {
    level,
    isSpeaking,
    close() {
      clock.clearTimer(timer)
      meter.close()
      level.set(0)
      isSpeaking.set(false)
    },
  }
}

export const openBrowserMeter: OpenLevelMeter = (track) => {
  const context = new AudioContext()
  const source = context.createMediaStreamSource(new MediaStream([track]))
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  source.connect(analyser) // and no further: nobody wants to hear themselves
  const heard = new Float32Array(analyser.fftSize)
  // Where no click has come before, browsers keep it asleep; then it shows silence.
  context.resume().catch(() => undefined)
  return {
    samples() {
      analyser.getFloatTimeDomainData(heard)
      return heard
    },
    close() {
      source.disconnect()
      context.close().catch(() => undefined) // closed twice is closed
    },
  }
}
