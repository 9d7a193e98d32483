import { expect, test } from 'vitest'
import { keepWithin, movedBy, sticksOut } from './move-box.ts'

const box = { width: 100, height: 50 }
const space = { width: 400, height: 300 }

test('ux 29: a view that is moved stays where it was put, and within its space', () => {
  expect(keepWithin({ x: 40, y: 60 }, box, space)).toEqual({ x: 40, y: 60 })
  expect(keepWithin({ x: -90, y: 900 }, box, space)).toEqual({ x: 8, y: 242 })
  expect(keepWithin({ x: 900, y: -1 }, box, space)).toEqual({ x: 292, y: 8 })
})

test('in a space too small for it its beginning is seen', () => {
  expect(keepWithin({ x: 50, y: 50 }, box, { width: 60, height: 30 })).toEqual({ x: 8, y: 8 })
})

test('ux 36: arrow keys move it, no other key does', () => {
  const from = { x: 100, y: 100 }
  expect(movedBy('ArrowLeft', from)).toEqual({ x: 76, y: 100 })
  expect(movedBy('ArrowRight', from)).toEqual({ x: 124, y: 100 })
  expect(movedBy('ArrowUp', from)).toEqual({ x: 100, y: 76 })
  expect(movedBy('ArrowDown', from)).toEqual({ x: 100, y: 124 })
  expect(movedBy('Enter', from)).toBeUndefined()
})

test('ux 29: what sticks out at any edge does, what touches one does not', () => {
  expect(sticksOut({ x: 0, y: 0 }, box, space)).toBe(false)
  expect(sticksOut({ x: 300, y: 250 }, box, space)).toBe(false)
  expect(sticksOut({ x: 301, y: 0 }, box, space)).toBe(true)
  expect(sticksOut({ x: 0, y: 251 }, box, space)).toBe(true)
  expect(sticksOut({ x: -1, y: 0 }, box, space)).toBe(true)
})
