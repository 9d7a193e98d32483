/** Two soft notes, upwards and short: nothing like the ring of a call, which goes round and round (features/call/ring-tone.ts). */
const notes = [
  { hertz: 523.3, atS: 0 },
  { hertz: 698.5, atS: 0.12 },
] as const
const loudness = 0.07

export const playNotice = (context: AudioContext): void => {
  for (const { hertz, atS } of notes) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const at = context.currentTime + atS
    tone.type = 'sine'
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(loudness, at + 0.015)
    volume.gain.setTargetAtTime(0, at + 0.05, 0.09)
    tone.connect(volume).connect(context.destination)
    tone.start(at)
    tone.stop(at + 0.6)
  }
}
