import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { profileLimits } from '../../../shared/limits.ts'

/** The largest square in the middle of a picture. */
export const cropSquare = (width: number, height: number): { left: number; top: number; side: number } => {
  const side = Math.min(width, height)
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side }
}

export interface Encoding {
  side: number
  type: 'image/webp' | 'image/jpeg'
  quality: number
}

/** What to try, the best first: quality goes before size, since a face is looked at small. */
export const encodings = (side: number = profileLimits.picturePixels): Encoding[] =>
  [side, Math.round(side * 0.75), Math.round(side / 2)].flatMap((smaller) =>
    [0.85, 0.7, 0.5, 0.3].flatMap((quality) => [
      { side: smaller, type: 'image/webp' as const, quality },
      { side: smaller, type: 'image/jpeg' as const, quality },
    ]),
  )

/**
 * The best encoding that is small enough. `encode` answers undefined where the browser does not write that type (WebP in older
 * Safaris). Undefined: not even the worst would fit.
 */
export const fitPicture = async (
  encode: (encoding: Encoding) => Promise<Bytes | undefined>,
  maxBytes: number = profileLimits.maxPictureBytes,
): Promise<Bytes | undefined> => {
  for (const encoding of encodings()) {
    const bytes = await encode(encoding)
    if (bytes && bytes.length > 0 && bytes.length <= maxBytes) return bytes
  }
  return undefined
}
