/** A ring made of two notes, so that there is no file to load: it must sound while the server is away. */

interface Pattern {
  /** Hertz, one after the other. */
  notes: readonly number[]
  noteMs: number
  everyMs: number
  /** 0 to 1. */
  loudness: number
}

export const ringPatterns = {
  incoming: { notes: [659.3, 784, 987.8, 784], noteMs: 210, everyMs: 2_600, loudness: 0.22 },
  outgoing: { notes: [425], noteMs: 900, everyMs: 3_800, loudness: 0.05 },
  test: { notes: [523.3, 659.3, 784], noteMs: 260, everyMs: 0, loudness: 0.3 },
} as const satisfies Record<string, Pattern>

/** Sounds one round of a pattern now; to `target`, or the loudspeaker. */
export const playPattern = (
  context: AudioContext,
  pattern: Pattern,
  target: AudioNode = context.destination,
) => {
  const noteS = pattern.noteMs / 1_000
  for (const [index, hertz] of pattern.notes.entries()) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const at = context.currentTime + index * noteS
    tone.type = 'triangle'
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(pattern.loudness, at + 0.02)
    volume.gain.setTargetAtTime(0, at + noteS * 0.55, noteS * 0.18)
    tone.connect(volume).connect(target)
    tone.start(at)
    tone.stop(at + noteS * 1.6)
  }
}

/** Whether somebody has touched the page: before that browsers forbid sound and vibration, and complain in their consoles. */
const isTouched = (): boolean =>
  (navigator as { userActivation?: UserActivation }).userActivation?.hasBeenActive ?? true

const vibrate = (pattern: number[]) => {
  if (isTouched() && 'vibrate' in navigator) navigator.vibrate(pattern)
}

/** Rings until it is stopped. Where the browser lets the page make no sound yet, it rings from the first touch on. */
export const startRing = (kind: 'incoming' | 'outgoing'): (() => void) => {
  const pattern = ringPatterns[kind]
  let context: AudioContext | undefined
  const round = () => {
    // What is scheduled while it may not sound would all sound at once later.
    if (context?.state === 'running') playPattern(context, pattern)
    if (kind === 'incoming') vibrate([400, 200, 400])
  }
  const wake = () => {
    if (!isTouched()) return
    context ??= new AudioContext()
    // Refused still: the next touch tries again.
    if (context.state !== 'running') context.resume().catch(() => undefined)
  }
  wake()
  round()
  const timer = setInterval(round, pattern.everyMs)
  document.addEventListener('pointerdown', wake)
  document.addEventListener('keydown', wake)
  return () => {
    clearInterval(timer)
    document.removeEventListener('pointerdown', wake)
    document.removeEventListener('keydown', wake)
    if (kind === 'incoming') vibrate([0])
    context?.close().catch(() => undefined)
  }
}
