import type { CameraSize } from '../../core/call/camera-size.ts'

/** The part of a camera's track that says how large it is, and changes it. */
export type SizedTrack = Pick<MediaStreamTrack, 'getSettings' | 'applyConstraints'>

interface FullSize {
  width: number | undefined
  height: number
  frameRate: number | undefined
}

/** What a camera gave before it was asked for less. */
const fullSizes = new WeakMap<SizedTrack, FullSize>()
const unknownLines = 720

const fullSizeOf = (track: SizedTrack): FullSize => {
  const { width, height, frameRate } = track.getSettings()
  return fullSizes.get(track) ?? { width, height: height ?? unknownLines, frameRate }
}

/** The lines that this camera can give, whatever it gives now. */
export const fullLinesOf = (track: SizedTrack): number => fullSizeOf(track).height

/** What of its full size it gives now, 1 at most: what is scaled down already need not be scaled down again. */
export const shareOfFull = (track: SizedTrack): number => {
  const full = fullSizes.get(track)
  return full === undefined ? 1 : Math.min(1, (track.getSettings().height ?? full.height) / full.height)
}

/** Asks a camera for its full size or half of it. It goes on as it was where the browser will not. */
export const resizeCamera = async (track: SizedTrack, size: CameraSize): Promise<void> => {
  const full = fullSizeOf(track)
  if (full.width === undefined) return // a browser that does not say would not know what half is
  fullSizes.set(track, full)
  const part = size === 'half' ? 2 : 1
  try {
    await track.applyConstraints({
      width: { ideal: Math.round(full.width / part) },
      height: { ideal: Math.round(full.height / part) },
      ...(full.frameRate !== undefined && { frameRate: { ideal: full.frameRate } }),
    })
  } catch {
    // A camera that is gone, or that knows one size only: what it gives is scaled, as ever.
  }
}
