import { sentencesFor, type Problem } from '../../ui/words.ts'

/** Where nothing but the password was asked, nothing else can be wrong. */
export const sentencesForPassword = (problem: Problem): string =>
  problem.type === 'wrongLogin'
    ? 'That is not your password. Nothing was changed. Try again: big and small letters count.'
    : sentencesFor(problem)

export const notAPicture =
  'This file is not a picture that this browser can open. Choose a photo: JPEG, PNG or WebP.'
