import type { WordKey } from '../../ui/language/language.ts'
import type { AppearanceChoice } from '../../ui/theme.ts'
import { accentColours, type Look } from '../../ui/theme-colours.ts'
import type { Hex } from '../../ui/theme-maths.ts'

export interface PaletteAccent {
  name: WordKey
  accent: AppearanceChoice['accent']
}

/** As seen around a house. The first is the one that Hearth is drawn with. */
export const palette: readonly PaletteAccent[] = [
  { name: 'appearance.colour.ember', accent: 'ember' },
  { name: 'appearance.colour.honey', accent: '#a86a00' },
  { name: 'appearance.colour.moss', accent: '#5d7a1f' },
  { name: 'appearance.colour.pine', accent: '#1b7a55' },
  { name: 'appearance.colour.lake', accent: '#0f7a8c' },
  { name: 'appearance.colour.evening', accent: '#2f62c4' },
  { name: 'appearance.colour.plum', accent: '#8246a8' },
  { name: 'appearance.colour.berry', accent: '#b5315f' },
  { name: 'appearance.colour.stone', accent: '#6d6560' },
]

/** The colour Hearth is drawn with, for a picker that must show some colour. */
export const emberAccent: Hex = '#a83f16'

export const isOwnAccent = (accent: AppearanceChoice['accent']): accent is Hex =>
  palette.every((known) => known.accent !== accent)

/** What an accent really looks like in this look, for its swatch. */
export const swatchOf = (accent: AppearanceChoice['accent'], look: Look): Hex =>
  accentColours(accent === 'ember' ? emberAccent : accent, look).ember
