import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { cropSquare, fitPicture, type Encoding } from './picture-fit.ts'

export type PictureProblem = { type: 'notAPicture' } | { type: 'pictureTooLarge' }

/** A drawing could bring scripts and addresses; only what a camera or a scanner makes is opened. */
const isRaster = (file: Blob) => !file.type.includes('svg')

const encodeFrom =
  (picture: ImageBitmap) =>
  async ({ side, type, quality }: Encoding): Promise<Bytes | undefined> => {
    const canvas = document.createElement('canvas')
    canvas.width = side
    canvas.height = side
    const pen = canvas.getContext('2d')
    if (!pen) return undefined
    const from = cropSquare(picture.width, picture.height)
    pen.imageSmoothingQuality = 'high'
    // What is clear would turn black in a JPEG.
    pen.fillStyle = 'white'
    pen.fillRect(0, 0, side, side)
    pen.drawImage(picture, from.left, from.top, from.side, from.side, 0, 0, side, side)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
    // A browser that cannot write a type writes PNG instead.
    return blob?.type === type ? new Uint8Array(await blob.arrayBuffer()) : undefined
  }

/**
 * A file as a small square picture. It is drawn anew, so that nothing of the file is left but what can be seen: no place where
 * it was taken, no camera, no older versions.
 */
export const shrinkPicture = async (file: Blob): Promise<Result<Bytes, PictureProblem>> => {
  const picture = isRaster(file) ? await createImageBitmap(file).catch(() => undefined) : undefined
  if (!picture) return fail({ type: 'notAPicture' })
  try {
    const bytes = await fitPicture(encodeFrom(picture))
    return bytes ? ok(bytes) : fail({ type: 'pictureTooLarge' })
  } finally {
    picture.close()
  }
}
