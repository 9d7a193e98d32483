import { fixedWords, type Words } from './problem-words.ts'

export type { Words } from './problem-words.ts'

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
  type: 'nameTooLong' | 'textTooLong' | 'statusTooLong' | 'passwordTooShort' | 'passwordTooLong'
  limit: number
}

interface WaitProblem {
  type: 'tooManyTries'
  retryAfterSeconds: number
}

const limitWords = ({ type, limit }: LimitProblem): Words => {
  switch (type) {
    case 'nameTooLong':
      return { happened: 'That name is too long.', todo: `Use at most ${limit} characters.` }
    case 'statusTooLong':
      return { happened: 'That is too long for a status.', todo: `Use at most ${limit} characters.` }
    case 'textTooLong':
      return {
        happened: 'This is too long for one message.',
        safety: 'Your text is still here.',
        todo: 'Send it in two or more parts.',
      }
    case 'passwordTooShort':
      return { happened: 'That password is too short.', todo: `Use at least ${limit} characters.` }
    case 'passwordTooLong':
      return { happened: 'That password is too long.', todo: `Use at most ${limit} characters.` }
  }
}

/** "30 seconds", "2 minutes": rounded up, so that nobody comes too early. */
const sayWait = (seconds: number): string => {
  if (seconds <= 90) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes <= 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`
}

export const wordsFor = (problem: Problem): Words => {
  if ('limit' in problem) return limitWords(problem)
  if ('retryAfterSeconds' in problem) {
    return {
      happened: 'There were too many tries.',
      safety: 'The server makes everybody wait then, so that nobody can guess a password.',
      todo: `Wait ${sayWait(problem.retryAfterSeconds)}, then try again.`,
    }
  }
  return fixedWords[problem.type]
}

export const sentencesFor = (problem: Problem): string => {
  const { happened, safety, todo } = wordsFor(problem)
  return [happened, safety, todo].filter((words) => words !== undefined).join(' ')
}
