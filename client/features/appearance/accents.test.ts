import { expect, test } from 'vitest'
import { t } from '../../ui/language/language.ts'
import { grounds, type Look } from '../../ui/theme-colours.ts'
import { contrastOf, parseHex } from '../../ui/theme-maths.ts'
import { isOwnAccent, palette, swatchOf } from './accents.ts'

test('ux 38: the palette: one of each name and colour, Hearth’s own first', () => {
  expect(palette[0]).toEqual({ name: 'appearance.colour.ember', accent: 'ember' })
  expect(new Set(palette.map(({ name }) => t(name))).size).toBe(palette.length)
  expect(new Set(palette.map(({ accent }) => accent)).size).toBe(palette.length)
  for (const { accent } of palette.slice(1)) expect(parseHex(accent)).toBe(accent)
})

test('ux 36: each swatch stands out from the page, and from each other', () => {
  for (const look of Object.keys(grounds) as Look[]) {
    const swatches = palette.map(({ accent }) => swatchOf(accent, look))
    expect(new Set(swatches).size).toBe(palette.length)
    for (const swatch of swatches) expect(contrastOf(swatch, grounds[look].raised)).toBeGreaterThanOrEqual(3)
  }
})

test('a colour of one’s own is told from the palette’s', () => {
  expect(isOwnAccent('#123456')).toBe(true)
  for (const { accent } of palette) expect(isOwnAccent(accent)).toBe(false)
})
