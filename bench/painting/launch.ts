import { chromium, type Browser } from '@playwright/test'
import { adviceFor, findBrowser } from '../../scripts/browsers.mjs'
import { chromiumSwitches } from '../../test/fixtures/browsers.ts'

/**
 * Chromium without the beat of a screen: a frame is drawn as soon as there is something to draw. Else every figure would hold the
 * wait for the next beat, which is chance, up to 16.7 ms and the same for all. What is done within 16.7 ms without a beat is on a screen of
 * 60 Hz with the frame after the press.
 */
export const launchWithoutBeat = (): Promise<Browser> => {
  const executablePath = findBrowser('chromium')
  if (executablePath === undefined) throw new Error(adviceFor('chromium'))
  return chromium.launch({
    executablePath,
    args: [...chromiumSwitches, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  })
}
