import type { Browser, Page } from '@playwright/test'
import { createScreen } from '../../test/fixtures/screen.ts'

const password = 'the same to all who are measured'
const name = 'Anna'

declare global {
  interface Window {
    /** How long from the press on "Sign in" to the chat being painted. */
    insideAfterMs?: Promise<number>
  }
}

/** Runs before the page's own code. */
const noteSignIn = () => {
  window.insideAfterMs = new Promise((resolve) => {
    addEventListener(
      'submit',
      () => {
        const pressedAt = performance.now()
        new MutationObserver((_changes, observer) => {
          if (!document.querySelector('[role=log]')) return
          observer.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - pressedAt))
        }).observe(document, { childList: true, subtree: true })
      },
      { capture: true, once: true },
    )
  })
}

/** The first of the family, who stays to be signed in again and again. */
export const lightHearth = async (page: Page, ownerLink: string): Promise<void> => {
  const screen = createScreen(page)
  await page.goto(ownerLink)
  await screen.textbox('Your family’s name').fill('The Lindqvists')
  await screen.textbox('Your name').fill(name)
  await page.getByLabel('Choose a password', { exact: true }).fill(password)
  await screen.button('Light it').click()
  await screen.button('Later, remind me').click()
  await screen.log('general').waitFor()
}

/** Signs in in a browser that is new here. */
export const measureSignIn = async (browser: Browser, origin: string): Promise<number> => {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const screen = createScreen(page)
    await page.addInitScript(noteSignIn)
    await page.goto(origin)
    await screen.textbox('Your name').fill(name)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await screen.button('Sign in').click()
    return await page.evaluate(() => window.insideAfterMs!)
  } finally {
    await context.close()
  }
}
