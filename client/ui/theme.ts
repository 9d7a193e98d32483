import { accentColours, accentTokens, type AccentColours, type Look } from './theme-colours.ts'
import { parseHex, type Hex } from './theme-maths.ts'

/** What the person chose (ux 38), for this browser. */
export interface AppearanceChoice {
  theme: 'system' | 'light' | 'dark'
  /** `system`: as the device asks for (prefers-contrast). */
  contrast: 'system' | 'more'
  /** `ember`: the one tokens.css draws. */
  accent: 'ember' | Hex
  /** Larger type, and only the essentials. */
  isSimple: boolean
}

export const plainAppearance: AppearanceChoice = {
  theme: 'system',
  contrast: 'system',
  accent: 'ember',
  isSimple: false,
}

/** public/theme.js reads it too, before anything is painted. */
export const appearanceKey = 'hearth/appearance'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readJson = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return undefined
  }
}

/** Reads what was kept, perhaps by another version of ourselves: what cannot be read is as at the beginning. */
export const parseAppearance = (text: string | null): AppearanceChoice => {
  const kept = readJson(text)
  if (!isRecord(kept)) return plainAppearance
  return {
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
    contrast: kept.contrast === 'more' ? 'more' : 'system',
    accent: parseHex(kept.accent) ?? 'ember',
    isSimple: kept.isSimple === true,
  }
}

const looks: readonly Look[] = ['light', 'dark', 'lightMore', 'darkMore']

/** With the colours worked out, so that the script which paints before everything else need not know how. */
export const encodeAppearance = (choice: AppearanceChoice): string => {
  const { accent } = choice
  const colours =
    accent === 'ember' ? {} : Object.fromEntries(looks.map((look) => [look, accentColours(accent, look)]))
  return JSON.stringify({ ...choice, colours })
}

/** What the device asks for by itself. */
export interface SystemLook {
  isDark: boolean
  wantsMoreContrast: boolean
}

export const lookOf = ({ theme, contrast }: AppearanceChoice, system: SystemLook): Look => {
  const isDark = theme === 'system' ? system.isDark : theme === 'dark'
  const isMore = contrast === 'more' || system.wantsMoreContrast
  if (isDark) return isMore ? 'darkMore' : 'dark'
  return isMore ? 'lightMore' : 'light'
}

/** The tokens to set over those of tokens.css; `undefined` where those hold. */
export const tokensOf = (
  { accent }: Pick<AppearanceChoice, 'accent'>,
  look: Look,
): readonly (readonly [token: string, colour: Hex | undefined])[] => {
  const colours: AccentColours | undefined = accent === 'ember' ? undefined : accentColours(accent, look)
  return accentTokens.map((token) => [`--${token}`, colours?.[token]] as const)
}
