import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/family.ts'
import { openState, readStates, serveGallery } from '../fixtures/gallery.ts'

const folder = path.join(import.meta.dirname, '..', 'screens')
const client = path.join(import.meta.dirname, '..', '..', 'client')

/** What the invented people of the gallery say, and are called; as it stands on a screen. */
const invented = [
  ...readdirSync(client).filter((name) => name.startsWith('gallery')),
  'core/testing/fake-account.ts',
  'core/testing/fake-doctor.ts',
  'core/testing/fake-family.ts',
]
  .map((name) => readFileSync(path.join(client, name), 'utf8'))
  .join('\n')
  .replaceAll(String.raw`\n`, ' ')
  .replaceAll(/\s+/gu, ' ')

/** Its texts are put together by code: as long as may be, and of odd signs. */
const isOfHardTexts = (state: string) => state === 'hard'

/** What `Intl` writes, and what is the same in every language. */
const needsNoWords = (text: string): boolean =>
  !/\p{L}{2}/u.test(text) ||
  /^(Today|Yesterday|\d+ minutes?|[\d.,]+ [kMG]?B)$/u.test(text) ||
  /^(Hearth|Deutsch|Español|العربية|English|UTC|kB|MB|GB|ms|Tab|Esc|Enter|Ctrl|Shift)$/u.test(text) ||
  /\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/u.test(text) ||
  /\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b/u.test(
    text,
  )

/** All that is read or heard on the page, piece by piece. */
const readPieces = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const pieces: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (parentElement && !parentElement.closest('script, style, noscript')) pieces.push(textContent ?? '')
    }
    const named = ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt']
    for (const element of document.body.querySelectorAll('*'))
      for (const name of named) pieces.push(element.getAttribute(name) ?? '')
    return pieces.map((piece) => piece.replace(/\s+/gu, ' ').trim()).filter((piece) => piece !== '')
  })

test(
  'style 27: in a language that nobody speaks no English is left on any screen',
  { tag: '@once' },
  async ({ sharedBrowser }) => {
    test.slow()
    const gallery = await serveGallery()
    const context = await (await sharedBrowser('chromium')).newContext({ reducedMotion: 'reduce' })
    const page = await context.newPage()
    const left = new Map<string, string>()
    const states = await readStates(page, gallery.address(''))
    for (const state of states.filter((one) => !isOfHardTexts(one))) {
      await openState(page, gallery.address(`${state}&language=pseudo`))
      for (const piece of await readPieces(page)) {
        // A message's values stand in the middle of it, and may be elements of their own: its end is told by its marks, its middle by its accents.
        const isSaid = /[⟦⟧~áéíóúçñšýž]/u.test(piece)
        const names = piece.replace(/:$/u, '').split(' and ')
        if (!isSaid && !needsNoWords(piece) && !names.every((name) => invented.includes(name)))
          left.set(piece, state)
      }
    }
    expect(Object.fromEntries(left)).toEqual({})
    await context.close()
    await gallery.close()
  },
)

/** The main screens, for eyes. On a phone a room is opened first. */
const shown = ['signIn', 'invited', 'keepPhrase', 'roomsList', 'messages', 'callRinging', 'callFour']
const sizes = {
  desktop: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
} as const

test(
  'every language has room on the main screens, and nothing is cut off to the side',
  { tag: '@once' },
  async ({ sharedBrowser }) => {
    test.slow()
    const gallery = await serveGallery()
    const browser = await sharedBrowser('chromium')
    for (const [size, look] of Object.entries(sizes)) {
      const context = await browser.newContext({ ...look, reducedMotion: 'reduce' })
      const page = await context.newPage()
      expect(await readStates(page, gallery.address('')), 'the states looked at').toEqual(
        expect.arrayContaining(shown),
      )
      for (const state of shown)
        for (const language of ['ar', 'de', 'es']) {
          await openState(page, gallery.address(`${state}&language=${language}`))
          await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr')
          if (state === 'messages' && size === 'phone') {
            await page.getByRole('button', { name: 'general', exact: true }).click()
            await expect(page.locator('[role=log][aria-busy=false]')).toBeVisible()
          }
          // The windows of calls come with a part of their own.
          if (state.startsWith('call'))
            await expect(page.getByRole('alertdialog').or(page.locator('video')).first()).toBeVisible()
          await page.screenshot({ path: path.join(folder, `language-${state}-${size}-${language}.png`) })
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          expect.soft(overflow, `${state}, ${size}, ${language}`).toBeLessThanOrEqual(0)
        }
      await context.close()
    }
    await gallery.close()
  },
)

test(
  'the language is chosen in the settings, at once and for every start after',
  { tag: '@once' },
  async ({ family }) => {
    const anna = await family.person('Anna')
    const bert = await family.person('Bert')
    const { page } = bert.screen
    await anna.screen.say('Grüß dich!')
    await expect(bert.screen.message('Grüß dich!')).toBeVisible()
    await bert.screen.openSettings('Appearance')
    await page.getByRole('combobox', { name: 'Language' }).selectOption('العربية')
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
    await expect(page.getByRole('combobox', { name: 'اللغة' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('combobox', { name: 'اللغة' })).toHaveValue('ar')
    const windows = page.getByRole('dialog')
    for (let left = await windows.count(); left > 0; left = await windows.count()) {
      await page.keyboard.press('Escape')
      await expect.poll(() => windows.count()).toBeLessThan(left)
    }
    // Whatever a screen says, what people say stays as they said it.
    await expect(page.getByRole('listitem').filter({ hasText: 'Grüß dich!' }).last()).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(page.getByRole('navigation', { name: 'الغرف' })).toBeVisible()
    await page.getByRole('textbox', { name: 'رسالة' }).fill('مرحبا')
    await page.keyboard.press('Enter')
    await expect(anna.screen.message('مرحبا')).toBeVisible()
  },
)
