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

export const levelWords: Readonly<Record<StrengthLevel, string>> = {
  tooShort: 'Too short',
  weak: 'Weak',
  fair: 'So-so',
  good: 'Good',
  strong: 'Strong',
}

export const warningWords: Readonly<Record<StrengthWarning, string>> = {
  common: 'Many people use this one, so it is guessed first.',
  name: 'Names are easy to guess.',
  aboutYou: 'It has your name or your family’s in it.',
  repeats: 'The same again and again is easy to guess.',
  sequence: 'Rows such as “abc” or “123” are easy to guess.',
  date: 'Dates and years are easy to guess.',
  keyboard: 'Keys that lie in a row are easy to guess.',
  oneWord: 'A single word is easy to guess. Three or more hold well.',
}

const adviceWords: Readonly<Record<StrengthLevel, string>> = {
  tooShort: '',
  weak: 'You may use it, but a longer one is safer.',
  fair: 'One more word makes it good.',
  good: '',
  strong: '',
}

export const sayStrength = ({ level, warning }: Strength): string =>
  level === 'weak' || level === 'fair'
    ? [warning && warningWords[warning], adviceWords[level]].filter(Boolean).join(' ')
    : ''
