import { contrastOf, hexOfOklch, oklchOf, type Hex, type Oklch } from './theme-maths.ts'

/** How the page looks: light or dark, each plain or with more contrast. */
export type Look = 'light' | 'dark' | 'lightMore' | 'darkMore'

/** What tokens.css draws under an accent. The same colours stand there; a test compares them. */
export interface Ground {
  isDark: boolean
  paper: Hex
  raised: Hex
  sunken: Hex
  pressed: Hex
  ink: Hex
  inkSoft: Hex
  /** What text needs (WCAG 2.2: 4.5 for AA, 7 for AAA). */
  textContrast: number
}

export const grounds: Readonly<Record<Look, Ground>> = {
  light: {
    isDark: false,
    paper: '#fbf7f1',
    raised: '#fffefb',
    sunken: '#f4ede3',
    pressed: '#e9dfd1',
    ink: '#2a231e',
    inkSoft: '#6b5d52',
    textContrast: 4.5,
  },
  dark: {
    isDark: true,
    paper: '#1b1714',
    raised: '#292320',
    sunken: '#15110e',
    pressed: '#362e29',
    ink: '#f3eae1',
    inkSoft: '#b9aa9c',
    textContrast: 4.5,
  },
  lightMore: {
    isDark: false,
    paper: '#ffffff',
    raised: '#ffffff',
    sunken: '#faf6f0',
    pressed: '#ece3d7',
    ink: '#000000',
    inkSoft: '#332a23',
    textContrast: 7,
  },
  darkMore: {
    isDark: true,
    paper: '#000000',
    raised: '#120f0d',
    sunken: '#000000',
    pressed: '#2b2420',
    ink: '#ffffff',
    inkSoft: '#ebe2d9',
    textContrast: 7,
  },
}

/** The tokens an accent colours. */
export const accentTokens = ['ember', 'ember-strong', 'on-ember', 'ember-wash', 'ember-wash-line'] as const
export type AccentToken = (typeof accentTokens)[number]
export type AccentColours = Readonly<Record<AccentToken, Hex>>

const step = 0.005

/** The first lightness from `from` on, towards dark or light, at which the colour holds; the end of the way at the latest. */
const move = (from: Oklch, towards: 'dark' | 'light', holds: (colour: Hex) => boolean): Oklch => {
  let { lightness } = from
  while (lightness > 0 && lightness < 1 && !holds(hexOfOklch({ ...from, lightness })))
    lightness += towards === 'dark' ? -step : step
  return { ...from, lightness: Math.min(1, Math.max(0, lightness)) }
}

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

/**
 * Every colour that follows from an accent, for one look. The hue is the person's; lightness and chroma give way until text and marks in
 * it can be read on every paper there is and on its own wash, and text on it as well (ux 36).
 */
export const accentColours = (accent: Hex, look: Look): AccentColours => {
  const ground = grounds[look]
  const { isDark, textContrast, paper, raised, sunken, pressed, ink, inkSoft } = ground
  const chosen = oklchOf(accent)
  const away = isDark ? 'light' : 'dark'
  const isMore = textContrast > 4.5

  const wash = move(
    {
      ...chosen,
      lightness: isDark ? (isMore ? 0.27 : 0.325) : 0.93,
      chroma: Math.min(chosen.chroma, isDark ? 0.055 : 0.045),
    },
    isDark ? 'dark' : 'light',
    (colour) => [ink, inkSoft].every((text) => contrastOf(text, colour) >= textContrast),
  )
  const washHex = hexOfOklch(wash)

  const papers = [paper, raised, sunken, pressed, washHex]
  const ember = move(
    {
      ...chosen,
      lightness: isDark ? within(chosen.lightness, 0.74, 0.88) : within(chosen.lightness, 0.3, 0.6),
    },
    away,
    (colour) => papers.every((under) => contrastOf(colour, under) >= textContrast),
  )
  const emberHex = hexOfOklch(ember)
  const on = move(
    {
      ...chosen,
      lightness: isDark ? 0.22 : 0.985,
      chroma: Math.min(chosen.chroma, isDark ? 0.045 : 0.01),
    },
    isDark ? 'dark' : 'light',
    (colour) => contrastOf(colour, emberHex) >= textContrast,
  )
  const line = { ...wash, lightness: wash.lightness + (isDark ? 0.07 : -0.05), chroma: wash.chroma * 1.35 }
  return {
    ember: emberHex,
    // Away from what stands on it, so that it is never harder to read than the plain one.
    'ember-strong': hexOfOklch({ ...ember, lightness: ember.lightness + (isDark ? 0.06 : -0.07) }),
    'on-ember': hexOfOklch(on),
    'ember-wash': washHex,
    'ember-wash-line': isMore ? emberHex : hexOfOklch(line),
  }
}
