import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/family.ts'
import { openState, readStates, serveGallery } from '../fixtures/gallery.ts'
import { findSqueezed } from '../fixtures/measures.ts'

interface View {
  readonly state: string
  /** Leads to what is looked at. */
  readonly open?: (page: Page) => Promise<void>
}

const openRoom = async (page: Page) => {
  await page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('button', { name: 'general', exact: true })
    .click()
  await expect(page.locator('[role=log][aria-busy=false]')).toBeVisible()
}

/** Beside these, every window of the gallery is looked at. */
const views: Readonly<Record<string, View>> = {
  'profile card': { state: 'somebodyElse' },
  'rooms list': { state: 'roomsList' },
  'menu of a room': {
    state: 'roomsList',
    async open(page) {
      await page.getByRole('button', { name: 'About the room Garden' }).focus()
      await page.keyboard.press('Enter')
      await expect(page.getByRole('menu', { name: 'About Garden' })).toBeVisible()
    },
  },
  switcher: {
    state: 'roomsList',
    async open(page) {
      await page.getByRole('button', { name: 'Find' }).click()
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  messages: { state: 'messages', open: openRoom },
  'menu of a message': {
    state: 'messages',
    async open(page) {
      await openRoom(page)
      await page.getByRole('button', { name: 'More', exact: true }).last().focus()
      await page.keyboard.press('Enter')
      await expect(page.getByRole('menu')).toBeVisible()
    },
  },
}

const looks = {
  '320 px': { viewport: { width: 320, height: 568 }, textPercent: 100 },
  '200 % text': { viewport: { width: 390, height: 844 }, textPercent: 200 },
} as const

for (const [look, { viewport, textPercent }] of Object.entries(looks))
  test(
    `ux 36: nothing is cut off and everything is large enough to press, ${look}`,
    { tag: '@once' },
    async ({ sharedBrowser }) => {
      test.slow()
      const gallery = await serveGallery()
      const browser = await sharedBrowser('chromium')
      const context = await browser.newContext({ viewport, hasTouch: true, reducedMotion: 'reduce' })
      const page = await context.newPage()
      const windows = (await readStates(page, gallery.address(''))).filter((state) =>
        /^(window|doctor|textShared$|updateOffered$)/u.test(state),
      )
      expect(windows).toContain('windowAppearance')
      const all: [string, View][] = [
        ...Object.entries(views),
        ...windows.map((state): [string, View] => [state, { state }]),
      ]
      for (const [name, { state, open }] of all) {
        await openState(page, gallery.address(`${state}&view=${name}`))
        await page.addStyleTag({ content: `html { font-size: ${textPercent}% !important }` })
        await open?.(page)
        expect.soft(await findSqueezed(page), `${name}, ${look}`).toEqual([])
      }
      await context.close()
      await gallery.close()
    },
  )
