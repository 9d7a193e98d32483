import { t, tCount } from './language/language.ts'
import { fixedWords, type WordKeys } from './problem-words.ts'

/** What a problem is called for people (ux 45). */
export interface Words {
  happened: string
  /** Whether what they wrote is safe; absent where nothing could be lost. */
  safety?: string
  todo: string
}

/**
 * The one table from problems to words for people (ux 45): what happened, whether what they wrote is safe, what to do.
 * Codes are the core's; they are said here again because `ui` knows Vue only, and a code the table lacks does not compile.
 */
export type Problem = FixedProblem | LimitProblem | WaitProblem

interface FixedProblem {
  type: keyof typeof fixedWords
  /** For whoever helps; not for the words. */
  detail?: string
}

interface LimitProblem {
  type:
    'nameTooLong' | 'textTooLong' | 'statusTooLong' | 'topicTooLong' | 'passwordTooShort' | 'passwordTooLong'
  limit: number
}

interface WaitProblem {
  type: 'tooManyTries'
  retryAfterSeconds: number
}

const limitWords = ({ type, limit }: LimitProblem): Words => {
  const atMost = () => tCount('problems.shared.useAtMost', limit)
  switch (type) {
    case 'nameTooLong':
      return { happened: t('problems.nameTooLong.happened'), todo: atMost() }
    case 'statusTooLong':
      return { happened: t('problems.statusTooLong.happened'), todo: atMost() }
    case 'topicTooLong':
      return { happened: t('problems.topicTooLong.happened'), todo: atMost() }
    case 'textTooLong':
      return {
        happened: t('problems.textTooLong.happened'),
        safety: t('problems.textTooLong.safety'),
        todo: t('problems.textTooLong.todo'),
      }
    case 'passwordTooShort':
      return {
        happened: t('laterProblems.passwordTooShort.happened'),
        todo: tCount('problems.shared.useAtLeast', limit),
      }
    case 'passwordTooLong':
      return { happened: t('laterProblems.passwordTooLong.happened'), todo: atMost() }
  }
}

/** "Wait 30 seconds", "2 minutes": rounded up, so that nobody comes too early. */
const sayWait = (seconds: number): string => {
  if (seconds <= 90) return tCount('laterProblems.tooManyTries.waitSeconds', seconds)
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 90) return tCount('laterProblems.tooManyTries.waitMinutes', minutes)
  return tCount('laterProblems.tooManyTries.waitHours', Math.ceil(minutes / 60))
}

const say = ({ happened, safety, todo }: WordKeys): Words => ({
  happened: t(happened),
  ...(safety && { safety: t(safety) }),
  todo: t(todo),
})

/** In the language that is spoken now. */
export const wordsFor = (problem: Problem): Words => {
  if ('limit' in problem) return limitWords(problem)
  if ('retryAfterSeconds' in problem) {
    return {
      happened: t('laterProblems.tooManyTries.happened'),
      safety: t('laterProblems.tooManyTries.safety'),
      todo: sayWait(problem.retryAfterSeconds),
    }
  }
  return say(fixedWords[problem.type])
}

export const sentencesFor = (problem: Problem): string => {
  const { happened, safety, todo } = wordsFor(problem)
  return [happened, safety, todo].filter((words) => words !== undefined).join(' ')
}
