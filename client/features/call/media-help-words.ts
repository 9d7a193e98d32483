import { t, type WordKey } from '../../ui/language/language.ts'
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

const titles = {
  microphone: {
    denied: 'call.help.deniedMicrophone',
    missing: 'call.help.missingMicrophone',
    inUse: 'call.help.inUseMicrophone',
    insecure: 'call.help.insecureMicrophone',
    aborted: 'call.help.abortedMicrophone',
  },
  camera: {
    denied: 'call.help.deniedCamera',
    missing: 'call.help.missingCamera',
    inUse: 'call.help.inUseCamera',
    insecure: 'call.help.insecureCamera',
    aborted: 'call.help.abortedCamera',
  },
} as const satisfies Record<MediaPart, Record<OwnMediaProblem['type'], WordKey>>

/** What to do where microphone or camera cannot be had, in this browser's own words (ux 32). */
export const mediaHelp = (
  part: MediaPart,
  problem: OwnMediaProblem['type'],
  browser: Browser,
): MediaHelpWords => {
  const title = t(titles[part][problem])
  switch (problem) {
    case 'denied':
      return { title, steps: [...allowSteps(part, browser), t('call.help.thenTryAgain')] }
    case 'missing':
      return { title, steps: [t('call.help.plugIn')] }
    case 'inUse':
      return { title, steps: [t('call.help.closeOther'), t('call.help.thenTryAgain')] }
    case 'insecure':
      return { title, steps: [t('call.help.secureOnly')], link: '/trust' }
    case 'aborted':
      return { title, steps: [t('call.help.reload')] }
  }
}

/** As the browser's own menus call it. */
const named = { microphone: 'call.microphone', camera: 'call.camera' } as const satisfies Record<
  MediaPart,
  WordKey
>
const crossedOut = {
  microphone: 'call.allow.crossedMicrophone',
  camera: 'call.allow.crossedCamera',
} as const satisfies Record<MediaPart, WordKey>
const inOtherBrowsers = {
  microphone: 'call.allow.otherMicrophone',
  camera: 'call.allow.otherCamera',
} as const satisfies Record<MediaPart, WordKey>

const allowSteps = (part: MediaPart, { name, system }: Browser): readonly string[] => {
  const what = t(named[part])
  if (system === 'ios')
    return name === 'safari'
      ? [t('call.allow.tapSign'), t('call.allow.websiteSettings', { what })]
      : [t('call.allow.phoneSettings'), t('call.allow.turnOnAndReturn', { what })]
  if (system === 'android')
    return name === 'firefox'
      ? [t('call.allow.tapPadlock'), t('call.allow.tapUntilAllowed', { what })]
      : [t('call.allow.tapSign'), t('call.allow.tapPermissions', { what })]
  switch (name) {
    case 'firefox':
      return [t(crossedOut[part]), t('call.allow.besideBlocked')]
    case 'safari':
      return [t('call.allow.safariMenu'), t('call.allow.besideAllow', { what })]
    case 'chrome':
    case 'edge':
      return [t('call.allow.pressSign'), t('call.allow.turnOn', { what })]
    case 'other':
      return [t(inOtherBrowsers[part])]
  }
}
