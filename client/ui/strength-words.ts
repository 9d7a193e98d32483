import { t, type WordKey } from './language/language.ts'

/** How well a password holds; the core's scale, said here again because `ui` knows Vue only. */
export type StrengthLevel = 'tooShort' | 'weak' | 'fair' | 'good' | 'strong'

/** What makes it easy to guess. */
export type StrengthWarning =
  'common' | 'name' | 'aboutYou' | 'repeats' | 'sequence' | 'date' | 'keyboard' | 'oneWord'

export interface Strength {
  level: StrengthLevel
  warning?: StrengthWarning | undefined
}

export const levels: readonly StrengthLevel[] = ['tooShort', 'weak', 'fair', 'good', 'strong']

export const levelWords = {
  tooShort: 'ui.strength.tooShort',
  weak: 'ui.strength.weak',
  fair: 'ui.strength.fair',
  good: 'ui.strength.good',
  strong: 'ui.strength.strong',
} as const satisfies Record<StrengthLevel, WordKey>

export const warningWords = {
  common: 'ui.strengthWarnings.common',
  name: 'ui.strengthWarnings.name',
  aboutYou: 'ui.strengthWarnings.aboutYou',
  repeats: 'ui.strengthWarnings.repeats',
  sequence: 'ui.strengthWarnings.sequence',
  date: 'ui.strengthWarnings.date',
  keyboard: 'ui.strengthWarnings.keyboard',
  oneWord: 'ui.strengthWarnings.oneWord',
} as const satisfies Record<StrengthWarning, WordKey>

const adviceWords = {
  weak: 'ui.strengthAdvice.weak',
  fair: 'ui.strengthAdvice.fair',
} as const satisfies Partial<Record<StrengthLevel, WordKey>>

/** What makes it weak and what would help, in whole sentences; empty where it needs no advice. */
export const sayStrength = ({ level, warning }: Strength): string =>
  level === 'weak' || level === 'fair'
    ? [...(warning ? [t(warningWords[warning])] : []), t(adviceWords[level])].join(' ')
    : ''
