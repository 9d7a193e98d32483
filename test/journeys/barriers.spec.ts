import { bringAxe, findBarriers } from '../fixtures/axe.ts'
import { expect, test } from '../fixtures/family.ts'
import { openState, readStates, serveGallery } from '../fixtures/gallery.ts'

const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
} as const

interface Look {
  colorScheme: 'light' | 'dark'
  /** Even states are seen in the first size, odd ones in the second. */
  order: readonly (keyof typeof sizes)[]
  /** Arabic is read from right to left. */
  language?: 'ar'
  forcedColors?: 'active'
}

/** Light and dark cross the sizes, so that two looks show every state in both of either. */
const looks: Readonly<Record<string, Look>> = {
  light: { colorScheme: 'light', order: ['desktop', 'phone'] },
  dark: { colorScheme: 'dark', order: ['phone', 'desktop'] },
  'right to left': { colorScheme: 'light', order: ['phone', 'desktop'], language: 'ar' },
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

for (const [name, look] of Object.entries(looks))
  for (let shard = 0; shard < (look.forcedColors ? 1 : shards); shard++)
    test(
      `ux 36: axe finds nothing in any state, ${name}, part ${shard + 1}`,
      { tag: '@once' },
      async ({ sharedBrowser }) => {
        test.slow()
        const gallery = await serveGallery()
        const browser = await sharedBrowser('chromium')
        const { colorScheme, forcedColors = 'none', language = 'en' } = look
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
        const all = (await readStates(first, gallery.address(''))).filter((state) => !isOfCalls(state))
        const wanted = look.forcedColors ? forcedStates : all.filter((_, index) => index % shards === shard)
        expect(all, 'the states looked at in forced colours exist').toEqual(
          expect.arrayContaining([...forcedStates]),
        )
        for (const [index, state] of wanted.entries()) {
          const page = pages[index % pages.length] ?? first
          await openState(page, gallery.address(`${state}&language=${language}`))
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
