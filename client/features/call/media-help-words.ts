import type { OwnMediaProblem } from '../call-stage.ts'
import type { Browser } from './which-browser.ts'

export type MediaPart = 'microphone' | 'camera'

export interface MediaHelpWords {
  title: string
  /** One after the other. */
  steps: readonly string[]
  /** Where the way out is described at length. */
  link?: '/trust'
}

/** What to do where microphone or camera cannot be had, in this browser's own words (ux 32). */
export const mediaHelp = (
  part: MediaPart,
  problem: OwnMediaProblem['type'],
  browser: Browser,
): MediaHelpWords => {
  switch (problem) {
    case 'denied':
      return {
        title: `Hearth may not use the ${part}`,
        steps: [...allowSteps(part, browser), 'Then press “Try again”.'],
      }
    case 'missing':
      return { title: `No ${part} was found`, steps: [`Plug one in: Hearth uses it at once.`] }
    case 'inUse':
      return {
        title: `Another program has the ${part}`,
        steps: ['Close the other program or tab that uses it.', 'Then press “Try again”.'],
      }
    case 'insecure':
      return {
        title: `This page cannot use the ${part}`,
        steps: [
          'Browsers let a page use it only over a secure connection, and this page did not come over one.',
        ],
        link: '/trust',
      }
    case 'aborted':
      return {
        title: `The ${part} does not answer`,
        steps: ['Press “Try again”. If that does not help, load this page anew.'],
      }
  }
}

const named = { microphone: 'Microphone', camera: 'Camera' } as const

const allowSteps = (part: MediaPart, { name, system }: Browser): readonly string[] => {
  const what = named[part]
  if (system === 'ios')
    return name === 'safari'
      ? ['Tap the sign at the left of the address.', `Tap “Website Settings”, then “${what}”, then “Allow”.`]
      : [
          'Open the phone’s Settings, then “Apps”, then this browser.',
          `Turn on “${what}”, and come back here.`,
        ]
  if (system === 'android')
    return name === 'firefox'
      ? ['Tap the padlock beside the address.', `Tap “${what}” until it says “Allowed”.`]
      : ['Tap the sign at the left of the address.', `Tap “Permissions”, then “${what}”, and allow it.`]
  switch (name) {
    case 'firefox':
      return [`Press the crossed-out ${part} at the left of the address.`, 'Press the × beside “Blocked”.']
    case 'safari':
      return [
        'In the menu bar choose “Safari”, then “Settings for This Website…”.',
        `Beside “${what}” choose “Allow”.`,
      ]
    case 'chrome':
    case 'edge':
      return ['Press the sign at the left of the address.', `Turn on “${what}”.`]
    case 'other':
      return [`In the browser’s settings for this page, allow the ${part}.`]
  }
}
