/** A picture the browser can draw: a frame of a video, or a photo. */
type Picture = HTMLVideoElement | ImageBitmap

/** More than this makes reading slow and not better. */
const maxPixelsAcross = 1_024

const sizeOf = (picture: Picture) =>
  'videoWidth' in picture
    ? { width: picture.videoWidth, height: picture.videoHeight }
    : { width: picture.width, height: picture.height }

/** What the QR code in an image says, or undefined where there is none. The reader is loaded with its first image. */
export const readQrImage = async (image: {
  width: number
  height: number
  data: Uint8ClampedArray
}): Promise<string | undefined> => {
  try {
    const { decodeQR } = await import('qr/decode.js')
    return decodeQR(image)
  } catch {
    // Its way of saying that it found none, which is so in nearly every frame. Or it did not load: the next frame tries again.
    return undefined
  }
}

/** Reads pictures through one canvas, which is kept. */
export const createQrReader = (canvas = document.createElement('canvas')) => {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (picture: Picture): Promise<string | undefined> => {
    const { width, height } = sizeOf(picture)
    if (context === null || width === 0 || height === 0) return undefined
    const scale = Math.min(1, maxPixelsAcross / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    return readQrImage(context.getImageData(0, 0, canvas.width, canvas.height))
  }
}
