import { expect, test } from 'vitest'
import { fitGrid, linesShown } from './grid-fit.ts'

const desktop = { width: 1264, height: 640 }
const phone = { width: 374, height: 690 }
const fit = (count: number, room: typeof desktop) => {
  const { columns, rows } = fitGrid(count, room)
  return `${columns}×${rows}`
}

test('ux 29: a wide screen has wide grids', () => {
  expect([1, 2, 3, 4, 6, 8, 9].map((count) => fit(count, desktop))).toEqual([
    '1×1',
    '2×1',
    '2×2',
    '2×2',
    '3×2',
    '4×2',
    '3×3',
  ])
})

test('ux 29: a phone has tall ones', () => {
  expect([1, 2, 3, 4, 6, 8].map((count) => fit(count, phone))).toEqual([
    '1×1',
    '1×2',
    '1×3',
    '1×4',
    '2×3',
    '2×4',
  ])
})

test('every tile has a place, in whatever room', () => {
  for (let count = 0; count <= 9; count++)
    for (const room of [desktop, phone, { width: 1, height: 1 }, { width: 0, height: 0 }]) {
      const { columns, rows } = fitGrid(count, room)
      expect(columns * rows).toBeGreaterThanOrEqual(Math.max(count, 1))
    }
})

test('C4: a tile needs as many lines as the whole picture has that fills it', () => {
  expect(linesShown({ width: 640, height: 360 }, 'cover', 1)).toBe(360)
  expect(linesShown({ width: 640, height: 360 }, 'contain', 2)).toBe(720)
  expect(linesShown({ width: 200, height: 400 }, 'cover', 1)).toBe(400)
  expect(linesShown({ width: 1600, height: 100 }, 'cover', 1)).toBe(900)
  expect(linesShown({ width: 160, height: 400 }, 'contain', 1)).toBe(90)
})

test('C4: what has no size needs no picture', () => {
  expect(linesShown({ width: 0, height: 300 }, 'cover', 2)).toBe(0)
})
