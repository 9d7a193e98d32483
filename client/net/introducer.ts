import type { DeviceId } from '../../shared/identifiers.ts'
import { socketLimits } from '../../shared/limits.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Instance, IntroductionPayload } from './introduction-payload.ts'
import type { Introductions, Opened } from './introductions.ts'

export interface Introducer {
  /** Does nothing when the server cannot be reached just now. */
  send(to: DeviceId, instance: Instance | undefined, payload: IntroductionPayload): void
  receive(from: DeviceId, box: string): void
}

export interface IntroducerOptions {
  introductions: Introductions
  isServerHere: () => boolean
  signal: (to: DeviceId, box: string) => boolean
  onIntroduction: (opened: Opened) => void
  diagnostics: Diagnostics
}

/**
 * Sealing and opening take their time, each box its own; but they are counted (S4), and a candidate must not overtake
 * its offer. So boxes leave, and are heard, in the order in which they came.
 */
export const createIntroducer = (options: IntroducerOptions): Introducer => {
  const { introductions, diagnostics } = options
  let leaving: Promise<void> = Promise.resolve()
  let coming: Promise<void> = Promise.resolve()

  const sendInTurn = async (before: Promise<void>, to: DeviceId, sealing: Promise<string>): Promise<void> => {
    await before
    const box = await sealing
    // The server would hang up on us for it (S5).
    const isTooLarge = box.length > socketLimits.maxBoxChars
    if (isTooLarge || !options.signal(to, box)) diagnostics.note('introductionNotSent', { device: to })
  }

  const receiveInTurn = async (before: Promise<void>, from: DeviceId, box: string): Promise<void> => {
    await before // a higher count may only be looked at after the lower ones
    const opened = await introductions.open(from, box)
    if (opened.ok) options.onIntroduction(opened.value)
    else diagnostics.note('introductionRefused', { device: from, why: opened.problem.type })
  }

  return {
    send(to, instance, payload) {
      if (options.isServerHere()) leaving = sendInTurn(leaving, to, introductions.seal(to, instance, payload))
    },
    receive(from, box) {
      coming = receiveInTurn(coming, from, box)
    },
  }
}
