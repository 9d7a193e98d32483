import type { Page } from '@playwright/test'
import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { expect, test } from '../fixtures/family.ts'
import { serveGallery } from '../fixtures/gallery.ts'

const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
} as const

interface Look {
  colorScheme: 'light' | 'dark'
  /** Even states are seen in the first size, odd ones in the second. */
  order: readonly (keyof typeof sizes)[]
  direction?: 'rtl'
  forcedColors?: 'active'
}

/** Light and dark cross the sizes, so that two looks show every state in both of either. */
const looks: Readonly<Record<string, Look>> = {
  light: { colorScheme: 'light', order: ['desktop', 'phone'] },
  dark: { colorScheme: 'dark', order: ['phone', 'desktop'] },
  'right to left': { colorScheme: 'light', order: ['phone', 'desktop'], direction: 'rtl' },
  'forced colours': { colorScheme: 'dark', order: ['desktop', 'phone'], forcedColors: 'active' },
}

/** One of each kind of surface: all the others are built of the same parts, and forced colours change only how parts are drawn. */
const forcedStates: readonly string[] = [
  'signIn',
  'keepPhrase',
  'messages',
  'roomsList',
  'hard',
  'privateRoom',
]

/** Calls have steps of their own in call-screens.spec.ts. */
const isOfCalls = (state: string) => state.startsWith('call')

const shards = 3

const readStates = async (page: Page, index: string): Promise<readonly string[]> => {
  await page.goto(index)
  const links = page.locator('a[href*="state="]')
  await expect(links.first()).toBeVisible()
  const found = await links.evaluateAll((all) =>
    all.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('state') ?? ''),
  )
  return [...new Set(found)].filter((state) => state !== '' && !isOfCalls(state))
}

for (const [name, look] of Object.entries(looks))
  for (let shard = 0; shard < (look.forcedColors ? 1 : shards); shard++)
    test(
      `ux 36: axe finds nothing in any state, ${name}, part ${shard + 1}`,
      { tag: '@once' },
      async ({ sharedBrowser }) => {
        test.slow()
        const gallery = await serveGallery()
        const browser = await sharedBrowser('chromium')
        const { colorScheme, forcedColors = 'none', direction = 'ltr' } = look
        const open = async (size: keyof typeof sizes) => {
          const context = await browser.newContext({
            ...sizes[size],
            colorScheme,
            forcedColors,
            reducedMotion: 'reduce',
          })
          await bringAxe(context)
          return context.newPage()
        }
        const pages = await Promise.all(look.order.map(open))
        const [first] = pages
        if (!first) throw new Error('A look has no size')
        const all = await readStates(first, gallery.address(''))
        const wanted = look.forcedColors ? forcedStates : all.filter((_, index) => index % shards === shard)
        expect(all, 'the states looked at in forced colours exist').toEqual(
          expect.arrayContaining([...forcedStates]),
        )
        for (const [index, state] of wanted.entries()) {
          const page = pages[index % pages.length] ?? first
          await page.goto(gallery.address(`${state}&dir=${direction}`))
          await expect(page.locator('#app > *').first()).toBeVisible()
          // A room is there once its messages are; one state never gets there.
          if (state !== 'loading') await expect(page.locator('[role=log][aria-busy=true]')).toHaveCount(0)
          const barriers = await findBarriers(page)
          // There the system chooses the colours, and axe reads those that would be without it.
          const found = look.forcedColors
            ? barriers.filter((one) => !one.startsWith('color-contrast'))
            : barriers
          expect.soft(found, `${state}, ${name}`).toEqual([])
        }
        for (const page of pages) await page.context().close()
        await gallery.close()
      },
    )
