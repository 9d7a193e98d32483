import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/family.ts'
import { serveGallery } from '../fixtures/gallery.ts'
import { findSqueezed } from '../fixtures/measures.ts'

interface View {
  readonly state: string
  /** The windows that lie over the chat, as the history keeps them. */
  readonly over?: readonly string[]
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

const views: Readonly<Record<string, View>> = {
  appearance: { state: 'ready', over: ['settings', 'appearance'] },
  notifications: { state: 'ready', over: ['settings', 'notifications'] },
  privacy: { state: 'ready', over: ['settings', 'privacy'] },
  connection: { state: 'ready', over: ['settings', 'connection'] },
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
      for (const [name, { state, over = [], open }] of Object.entries(views)) {
        await page.goto(gallery.address(`${state}&view=${name}`))
        await expect(page.locator('#app > *').first()).toBeVisible()
        if (over.length > 0) {
          await page.evaluate((places) => {
            history.replaceState({ hearth: { over: places.map((place) => ({ name: place })) } }, '')
          }, over)
          await page.reload()
          await expect(page.getByRole('dialog').last()).toBeVisible()
        }
        await page.addStyleTag({ content: `html { font-size: ${textPercent}% !important }` })
        await open?.(page)
        expect.soft(await findSqueezed(page), `${name}, ${look}`).toEqual([])
      }
      await context.close()
      await gallery.close()
    },
  )
