import type { AppearanceChoice } from '../../ui/theme.ts'
import { accentColours, type Look } from '../../ui/theme-colours.ts'
import type { Hex } from '../../ui/theme-maths.ts'

export interface PaletteAccent {
  name: string
  accent: AppearanceChoice['accent']
}

/** As seen around a house. The first is the one that Hearth is drawn with. */
export const palette: readonly PaletteAccent[] = [
  { name: 'Ember', accent: 'ember' },
  { name: 'Honey', accent: '#a86a00' },
  { name: 'Moss', accent: '#5d7a1f' },
  { name: 'Pine', accent: '#1b7a55' },
  { name: 'Lake', accent: '#0f7a8c' },
  { name: 'Evening', accent: '#2f62c4' },
  { name: 'Plum', accent: '#8246a8' },
  { name: 'Berry', accent: '#b5315f' },
  { name: 'Stone', accent: '#6d6560' },
]

/** The colour Hearth is drawn with, for a picker that must show some colour. */
export const emberAccent: Hex = '#a83f16'

export const isOwnAccent = (accent: AppearanceChoice['accent']): accent is Hex =>
  palette.every((known) => known.accent !== accent)

/** What an accent really looks like in this look, for its swatch. */
export const swatchOf = (accent: AppearanceChoice['accent'], look: Look): Hex =>
  accentColours(accent === 'ember' ? emberAccent : accent, look).ember
