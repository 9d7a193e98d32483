import { accountLimits } from '../../../shared/limits.ts'

export interface PasswordStrength {
  level: 'tooShort' | 'weak' | 'fair' | 'good' | 'strong'
  /** What makes it easy to guess, if it is. */
  warning?:
    'common' | 'name' | 'aboutYou' | 'repeats' | 'sequence' | 'date' | 'keyboard' | 'oneWord' | undefined
}

/** What is used of zxcvbn's judgement. */
export interface Judgement {
  /** 0: under a thousand guesses, 1: a million, 2: a hundred million, 3: ten thousand million, 4: more. */
  score: 0 | 1 | 2 | 3 | 4
  warning: string | null
}

export type Judge = (password: string, about: readonly string[]) => Judgement

const levelOf = ['weak', 'weak', 'fair', 'good', 'strong'] as const

const warningOf: Readonly<Record<string, PasswordStrength['warning']>> = {
  straightRow: 'keyboard',
  keyPattern: 'keyboard',
  simpleRepeat: 'repeats',
  extendedRepeat: 'repeats',
  sequences: 'sequence',
  recentYears: 'date',
  dates: 'date',
  topTen: 'common',
  topHundred: 'common',
  common: 'common',
  similarToCommon: 'common',
  pwned: 'common',
  wordByItself: 'oneWord',
  namesByThemselves: 'name',
  commonNames: 'name',
  userInputs: 'aboutYou',
}

/** What comes after makes a password no weaker, and the judge slow. */
const maxJudgedChars = 64

export const judgePassword = (judge: Judge, password: string, about: readonly string[]): PasswordStrength => {
  if (Array.from(password).length < accountLimits.minPasswordChars) return { level: 'tooShort' }
  const { score, warning } = judge(password.slice(0, maxJudgedChars), about)
  const level = levelOf[score]
  const isEasy = level === 'weak' || level === 'fair'
  return { level, warning: isEasy && warning !== null ? warningOf[warning] : undefined }
}

/**
 * zxcvbn with the 40,000 passwords people use most: 250 KB gzipped, a chunk of its own. Its lists of English words and names would
 * triple that, for families many of whom write other languages.
 */
export const loadJudge = async (): Promise<Judge> => {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  return (password, about) => {
    const { score, feedback } = zxcvbn.check(password, [...about])
    return { score, warning: feedback.warning }
  }
}
