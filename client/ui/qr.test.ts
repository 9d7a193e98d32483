import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawQr, type QrDrawing } from './qr-path.ts'
import { readQrImage } from './qr-reading.ts'

const pixelsPerModule = 4

/** What a screen shows of a drawing: fills its strips, as an SVG path is filled. */
const paint = ({ size, path }: QrDrawing) => {
  const width = size * pixelsPerModule
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
    for (let row = 0; row < pixelsPerModule; row++) {
      const from = (Number(y) * pixelsPerModule + row) * width + Number(x) * pixelsPerModule
      for (let at = from; at < from + Number(run) * pixelsPerModule; at++) data.fill(0, at * 4, at * 4 + 3)
    }
  }
  return { width, height: width, data }
}

test('I8: what is drawn is what is read, for any link a device may show', async () => {
  await fc.assert(
    fc.asyncProperty(fc.base64String({ minLength: 1, maxLength: 260 }), async (keys) => {
      const text = `https://hearth.example:8443/#link/${keys}`
      expect(await readQrImage(paint(drawQr(text)))).toBe(text)
    }),
    { numRuns: 40 },
  )
})

test('every strip lies within the drawing, and the quiet zone is empty', () => {
  const { size, path } = drawQr('hearth')
  const strips = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1H(\d+)z/g)]
  expect(strips.map(([strip]) => strip).join('')).toBe(path)
  for (const [, x, y, run, back] of strips) {
    expect(back).toBe(x)
    expect(Math.min(Number(x), Number(y))).toBeGreaterThanOrEqual(4)
    expect(Math.max(Number(x) + Number(run), Number(y) + 1)).toBeLessThanOrEqual(size - 4)
  }
})

test('a picture without a code reads as nothing', async () => {
  const data = new Uint8ClampedArray(64 * 64 * 4).fill(200)
  expect(await readQrImage({ width: 64, height: 64, data })).toBeUndefined()
})
