import type { Browser, Page } from '@playwright/test'
import { expect, test } from '../fixtures/family.ts'
import { openState, serveGallery } from '../fixtures/gallery.ts'

declare global {
  interface Window {
    /** What moved on the page since it began. */
    moves?: Set<string>
  }
}

/** Notes whatever moves something from one place to another, or makes it larger or smaller, for longer than an eye sees. */
const watchMoves = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const moves = new Set<string>()
    window.moves = moves
    const moving =
      /^(transform|translate|scale|rotate|inset|top|left|margin|padding|width|height|(inline|block)-?[sS]ize)/
    const note = ({ target }: Event) => {
      if (!(target instanceof Element)) return
      for (const animation of target.getAnimations({ subtree: true })) {
        const { effect } = animation
        if (!(effect instanceof KeyframeEffect) || Number(effect.getComputedTiming().duration) <= 10) continue
        const names = effect.getKeyframes().flatMap((frame) => Object.keys(frame))
        for (const name of names.filter((one) => moving.test(one)))
          moves.add(`${name} of ${effect.target?.getAttribute('class') ?? ''}`)
      }
    }
    for (const type of ['animationstart', 'transitionrun'])
      document.addEventListener(type, note, { capture: true })
  })
}

/** Opens what comes in with a movement, as far as it may: the start, dialogs, somebody who writes, a call. */
const walk = async (
  browser: Browser,
  address: (state: string) => string,
  reducedMotion: 'reduce' | 'no-preference',
): Promise<string[]> => {
  const context = await browser.newContext({ reducedMotion })
  const page = await context.newPage()
  await watchMoves(page)
  const moves = new Set<string>()
  for (const state of ['starting', 'messages', 'typing', 'callRinging', 'callFour']) {
    await openState(page, address(state))
    if (state === 'messages') {
      await page.getByRole('button', { name: 'Settings' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    }
    if (state.startsWith('call'))
      await expect(page.getByRole('alertdialog').or(page.locator('video')).first()).toBeVisible()
    // What begins to move says so at the next frame.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    for (const move of await page.evaluate(() => [...(window.moves ?? [])])) moves.add(`${state}: ${move}`)
  }
  await context.close()
  return [...moves]
}

test('ux 36: nothing moves for whoever wants no motion', { tag: '@once' }, async ({ sharedBrowser }) => {
  const gallery = await serveGallery()
  const browser = await sharedBrowser('chromium')
  // So that finding none below means something.
  expect(await walk(browser, gallery.address, 'no-preference')).not.toEqual([])
  expect(await walk(browser, gallery.address, 'reduce')).toEqual([])
  await gallery.close()
})
