import path from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import { createScreen } from '../test/fixtures/screen.ts'
import { createResult, type BenchResult } from './bench-result.ts'
import { countWish } from './built-page/count-wish.ts'
import { mustBe } from './built-page/must.ts'
import { withBuiltPage } from './built-page/open-built-page.ts'
import { withFilledApp } from './filled-app/filled-app.ts'
import { lineOf, newestLines, roomName } from './filled-app/lines.ts'
import { contestants, percentile, type Contestant } from './painting/percentiles.ts'
import { scrollThrough, type Scrolled } from './scrolling/scroll-through.ts'

/**
 * Frames that come late while somebody scrolls with the wheel from a room's newest message to its oldest, at a steady pace. Beside ours: a page
 * of Vue that shows all of a Yjs document. The limit: the same rows in a page that does nothing. One after the other, since only what is in
 * front is drawn. `--messages 1000` for a shorter room.
 */
const messages = countWish('messages', 10_000)
const lateMs = 50

const withPage = (
  browser: Browser,
  name: 'plain' | 'bare',
  use: (page: Page) => Promise<void>,
): Promise<void> =>
  withBuiltPage(browser, path.join(import.meta.dirname, 'scrolling', `${name}.html`), async (page) => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(`${page.url()}?fill=${messages}`)
    const newest = newestLines(roomName(0), messages).at(-1) ?? ''
    await page.getByText(newest, { exact: true }).waitFor({ timeout: 120_000 })
    await use(page)
  })

export const run = async (): Promise<BenchResult[]> => {
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  const oldest = lineOf(roomName(0), 0)
  const scrolled: Partial<Record<Contestant, Scrolled>> = {}
  try {
    await withFilledApp(browser, { counts: [messages], talk: 'family' }, async (app) => {
      mustBe(app.counts[0] === messages, 'the room is full')
      const page = await app.open()
      await createScreen(page).connection.waitFor()
      scrolled.ours = await scrollThrough(page, oldest)
    })
    for (const [who, name] of [
      ['peer', 'plain'],
      ['limit', 'bare'],
    ] as const)
      await withPage(browser, name, async (page) => {
        scrolled[who] = await scrollThrough(page, oldest)
      })
  } finally {
    await browser.close()
  }
  const through = `scroll: through ${messages.toLocaleString('en')} messages`
  const figures = (name: string, unit: string, of: (scrolled: Scrolled) => number) => {
    const [ours = NaN, peer = NaN, limit = NaN] = contestants.map((who) => of(scrolled[who]!))
    return { name: `${through}, ${name}`, unit, ours, peer, limit, better: 'lower' } as const
  }
  const noneLate = (measures: ReturnType<typeof figures>, atMost: number): BenchResult => ({
    ...createResult(measures, { toLimit: Infinity }),
    aim: { text: `none over ${lateMs} ms`, isMet: measures.ours <= atMost },
  })
  return [
    noneLate(
      figures('frames over 50 ms', '', ({ frames }) => frames.filter((ms) => ms > lateMs).length),
      0,
    ),
    ...([0.95, 0.99, 1] as const).map((share) =>
      noneLate(
        figures(share === 1 ? 'the longest frame' : `a frame, p${share * 100}`, 'ms', ({ frames }) =>
          percentile(frames, share),
        ),
        lateMs,
      ),
    ),
    createResult(
      figures('from the newest to the oldest', 's', ({ ms }) => ms / 1_000),
      { toLimit: 1.3 },
    ),
  ]
}
