/**
 * The one table from problems to words for people (ux 45): what happened, whether what they wrote is safe, what to do.
 * Codes are the core's; they are said here again because `ui` knows Vue only, and a code the table lacks does not compile.
 */
export type Problem =
  | { type: 'nameEmpty' | 'nameTaken' | 'textEmpty' }
  | { type: 'nameTooLong' | 'textTooLong'; limit: number }
  | { type: 'quotaExceeded' | 'storeClosed' }
  | { type: 'storeFailed'; detail: string }
  | { type: 'browserTooOld' | 'keyMissing' | 'sealBroken' }
  | { type: 'unexpected'; detail: string }
  | { type: 'wrongLink' | 'brokenLink' | 'otherFamily' | 'unreachable' | 'insecure' | 'storageLost' }

export interface Words {
  happened: string
  /** Absent where nothing could be lost. */
  safety?: string
  todo: string
}

const savedIsSafe = 'Everything saved so far is safe.'

export const wordsFor = (problem: Problem): Words => {
  switch (problem.type) {
    case 'nameEmpty':
      return { happened: 'There is no name yet.', todo: 'Type one to go on.' }
    case 'nameTaken':
      return { happened: 'That name is taken already.', todo: 'Choose another one.' }
    case 'nameTooLong':
      return { happened: 'That name is too long.', todo: `Use at most ${problem.limit} characters.` }
    case 'textEmpty':
      return { happened: 'There is nothing to send yet.', todo: 'Write something first.' }
    case 'textTooLong':
      return {
        happened: 'This is too long for one message.',
        safety: 'Your text is still here.',
        todo: 'Send it in two or more parts.',
      }
    case 'quotaExceeded':
      return {
        happened: 'There is no space left on this device.',
        safety: savedIsSafe,
        todo: 'Free some space, then try again.',
      }
    case 'storeClosed':
      return {
        happened: 'Hearth cannot save in this tab any more.',
        safety: savedIsSafe,
        todo: 'Reload the page.',
      }
    case 'storeFailed':
      return {
        happened: 'The browser’s storage did not work.',
        safety: savedIsSafe,
        todo: 'Reload the page and try again.',
      }
    case 'keyMissing':
    case 'sealBroken':
      return {
        happened: 'This browser has lost the key to what Hearth kept in it.',
        safety: 'The others in the family still have your messages.',
        todo: 'Clear this site’s data in the browser’s settings, then open the family’s link again.',
      }
    case 'browserTooOld':
      return {
        happened: 'This browser is too old for Hearth.',
        safety: 'Nothing is lost.',
        todo: 'Update it, or use a recent Firefox, Chrome, Edge or Safari.',
      }
    case 'unexpected':
      return {
        happened: 'Hearth stopped because of a mistake of its own.',
        safety: savedIsSafe,
        todo: 'Reload the page.',
      }
    case 'storageLost':
      return {
        happened: 'This browser has cleared what Hearth kept in it.',
        safety: 'The others in the family still have what you wrote and they received.',
        todo: 'Open the family’s link again: the history comes back from their devices.',
      }
    case 'wrongLink':
      return {
        happened: 'The server does not know this link.',
        todo: 'Ask the person who sent it for a new one.',
      }
    case 'brokenLink':
      return {
        happened: 'This is not a whole family link.',
        todo: 'Copy all of it, from “https” to its last letter, and try again.',
      }
    case 'otherFamily':
      return {
        happened: 'This browser belongs to another family already.',
        safety: 'Its messages are safe and stay as they are.',
        todo: 'Open the link in another browser, or in another profile of this one.',
      }
    case 'unreachable':
      return {
        happened: 'The family’s server cannot be reached.',
        todo: 'Check that you are online and that the server is running, then try again.',
      }
    case 'insecure':
      return {
        happened: 'The browser does not trust this address yet, so it will not let Hearth encrypt anything.',
        todo: 'One short step mends that.',
      }
  }
}

export const sentencesFor = (problem: Problem): string => {
  const { happened, safety, todo } = wordsFor(problem)
  return [happened, safety, todo].filter((words) => words !== undefined).join(' ')
}
