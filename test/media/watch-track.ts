/** A remote track as it is seen. */
export interface Watched {
  /** Milliseconds since the epoch. */
  firstFrameAt: Promise<number>
  frames(): number
  /** A checksum of the pixels. */
  picture(): number
}

export const watchTrack = (track: MediaStreamTrack): Watched => {
  const element = document.createElement(track.kind === 'video' ? 'video' : 'audio')
  element.autoplay = true
  element.muted = track.kind === 'video'
  element.srcObject = new MediaStream([track])
  document.body.append(element)
  let count = 0
  let sawFirst: (at: number) => void
  const firstFrameAt = new Promise<number>((resolve) => {
    sawFirst = resolve
  })
  if (element instanceof HTMLVideoElement) {
    const note = () => {
      count += 1
      sawFirst(performance.timeOrigin + performance.now())
      element.requestVideoFrameCallback(note)
    }
    element.requestVideoFrameCallback(note)
  }
  const canvas = document.createElement('canvas')
  canvas.width = 32
  canvas.height = 24
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  return {
    firstFrameAt,
    frames: () => count,
    picture() {
      if (!(element instanceof HTMLVideoElement)) return 0
      context.drawImage(element, 0, 0, 32, 24)
      return context
        .getImageData(0, 0, 32, 24)
        .data.reduce((sum, value, at) => (sum * 31 + value + at) | 0, 7)
    },
  }
}
