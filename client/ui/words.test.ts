import { expect, test } from 'vitest'
import type { AccountProblem } from '../core/account/account-problem.ts'
import type { ArrivalProblem } from '../core/account/arrival.ts'
import type { AboutProblem, EraseProblem, NameProblem, TextProblem } from '../core/hearth.ts'
import type { OpeningProblem } from '../features/app-state.ts'
import { apiProblemWords } from '../../shared/api-problem.ts'
import { catalogue as arabic } from './language/ar/catalogue.ts'
import { catalogue as german } from './language/de/catalogue.ts'
import { catalogue as english } from './language/en/catalogue.ts'
import { speak } from './language/language.ts'
import { fixedWords } from './problem-words.ts'
import { sentencesFor, wordsFor, type Problem } from './words.ts'

test('ux 45: words say what happened, whether data is safe and what to do', () => {
  expect(sentencesFor({ type: 'quotaExceeded' })).toBe(
    'There is no space left on this device. Everything saved so far is safe. Free some space, then try again.',
  )
  expect(sentencesFor({ type: 'nameTooLong', limit: 40 })).toContain('at most 40 characters')
})

type Known =
  AccountProblem | ArrivalProblem | OpeningProblem | NameProblem | TextProblem | EraseProblem | AboutProblem

/** Every problem of the core is one the table has words for, or this does not compile. */
const asProblem = (problem: Known): Problem => problem

test('ux 45: every refusal of the server has its words', () => {
  for (const type of apiProblemWords) {
    const problem = type === 'tooManyTries' ? { type, retryAfterSeconds: 5 } : { type }
    expect(wordsFor(asProblem(problem)).todo).not.toBe('')
  }
})

/** And the table has no words that nothing says: a code that the core drops does not compile here. `insecure` is the screen's own. */
type Unsaid = Exclude<keyof typeof fixedWords, Known['type'] | 'insecure'>
const nothingUnsaid: [Unsaid] extends [never] ? true : Unsaid = true
test('ux 45: the table has words for what is said, and for nothing else', () => {
  expect(nothingUnsaid).toBe(true)
})

test('ux 45: each says what happened and what to do, in whole sentences', () => {
  const problems: Problem[] = [
    ...(Object.keys(fixedWords) as (keyof typeof fixedWords)[]).map((type) => ({ type })),
    { type: 'nameTooLong', limit: 40 },
    { type: 'textTooLong', limit: 16_384 },
    { type: 'statusTooLong', limit: 80 },
    { type: 'passwordTooShort', limit: 8 },
    { type: 'passwordTooLong', limit: 256 },
    { type: 'tooManyTries', retryAfterSeconds: 1 },
  ]
  for (const problem of problems) {
    const { happened, safety, todo } = wordsFor(problem)
    for (const words of [happened, safety ?? 'Safe.', todo]) {
      expect(words, problem.type).toMatch(/^[A-Z“].*[.!]$/u)
      expect(words, problem.type).not.toContain('undefined')
    }
  }
})

test.each([
  [1, '1 second'],
  [59, '59 seconds'],
  [90, '90 seconds'],
  [91, '2 minutes'],
  [3_600, '60 minutes'],
  [7_201, '3 hours'],
])('A6: a wait of %i seconds is said as %s, never as less', (retryAfterSeconds, words) => {
  expect(sentencesFor({ type: 'tooManyTries', retryAfterSeconds })).toContain(`Wait ${words},`)
})

test('ux 37: problems are told in the language that is spoken when they are', () => {
  try {
    speak('de', german)
    expect(sentencesFor({ type: 'tooManyTries', retryAfterSeconds: 1 })).toContain('Warte 1 Sekunde,')
    expect(wordsFor({ type: 'unreachable' }).happened).toBe('Der Server der Familie ist nicht erreichbar.')
    speak('ar', arabic)
    expect(sentencesFor({ type: 'tooManyTries', retryAfterSeconds: 2 })).toContain('انتظر ثانيتين')
  } finally {
    speak('en', english)
  }
})
