import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { profileLimits } from '../../../shared/limits.ts'
import { cropSquare, encodings, fitPicture, type Encoding } from './picture-fit.ts'

describe('a picture becomes a square', () => {
  test.each([
    [4000, 3000, { left: 500, top: 0, side: 3000 }],
    [3000, 4001, { left: 0, top: 500, side: 3000 }],
    [64, 64, { left: 0, top: 0, side: 64 }],
    [1, 900, { left: 0, top: 449, side: 1 }],
  ])('%i × %i', (width, height, square) => {
    expect(cropSquare(width, height)).toEqual(square)
  })

  test('that lies within it, whatever its shape', () => {
    const length = fc.integer({ min: 1, max: 20_000 })
    fc.assert(
      fc.property(length, length, (width, height) => {
        const { left, top, side } = cropSquare(width, height)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(left + side).toBeLessThanOrEqual(width)
        expect(top + side).toBeLessThanOrEqual(height)
      }),
    )
  })
})

describe('a picture is made small enough', () => {
  /** An encoder whose bytes grow with pixels and quality, as real ones do. */
  const encoder = (bytesPerPixel: number, writes: readonly Encoding['type'][]) => {
    const tried: Encoding[] = []
    const encode = (encoding: Encoding) => {
      tried.push(encoding)
      const bytes = Math.ceil(encoding.side ** 2 * encoding.quality * bytesPerPixel)
      return Promise.resolve(writes.includes(encoding.type) ? new Uint8Array(bytes) : undefined)
    }
    return { encode, tried }
  }

  test('at once, where the best fits', async () => {
    const { encode, tried } = encoder(0.2, ['image/webp', 'image/jpeg'])
    expect(await fitPicture(encode)).toBeDefined()
    expect(tried).toEqual([{ side: profileLimits.picturePixels, type: 'image/webp', quality: 0.85 }])
  })

  test('as JPEG, where the browser writes no WebP', async () => {
    const { encode, tried } = encoder(0.2, ['image/jpeg'])
    expect(await fitPicture(encode)).toBeDefined()
    expect(tried.at(-1)?.type).toBe('image/jpeg')
    expect(tried).toHaveLength(2)
  })

  test('by quality before size', async () => {
    const { encode, tried } = encoder(1.2, ['image/webp', 'image/jpeg'])
    expect(await fitPicture(encode)).toBeDefined()
    expect(tried.at(-1)).toMatchObject({ side: profileLimits.picturePixels, quality: 0.5 })
  })

  test('or not at all', async () => {
    const { encode, tried } = encoder(1_000, ['image/webp', 'image/jpeg'])
    expect(await fitPicture(encode)).toBeUndefined()
    expect(tried).toEqual(encodings())
  })

  test('never larger than the limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.01, max: 20, noNaN: true }), async (bytesPerPixel) => {
        const bytes = await fitPicture(encoder(bytesPerPixel, ['image/jpeg']).encode)
        expect(bytes?.length ?? 0).toBeLessThanOrEqual(profileLimits.maxPictureBytes)
      }),
    )
  })
})
