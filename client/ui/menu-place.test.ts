import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeMenu } from './menu-place.ts'

const screen = { width: 320, height: 600 }
const menu = { width: 200, height: 60 }
const box = (left: number, top: number) => ({ left, right: left + 36, top, bottom: top + 36 })

test('a menu opens below its button, flush with its end, above at the foot of the screen', () => {
  expect(placeMenu(box(250, 100), menu, screen, false)).toEqual({ left: 86, top: 136 })
  expect(placeMenu(box(20, 100), menu, screen, true)).toEqual({ left: 20, top: 136 })
  expect(placeMenu(box(250, 540), menu, screen, false)).toEqual({ left: 86, top: 480 })
})

test('a menu that fits is never beyond the screen', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(700), fc.boolean(), (left, top, isRtl) => {
      const at = placeMenu(box(left, top), menu, screen, isRtl)
      expect(at.left).toBeGreaterThanOrEqual(0)
      expect(at.top).toBeGreaterThanOrEqual(0)
      expect(at.left + menu.width).toBeLessThanOrEqual(screen.width)
      expect(at.top + menu.height).toBeLessThanOrEqual(screen.height)
    }),
  )
})
