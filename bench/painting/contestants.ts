import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { createScreen } from '../../test/fixtures/screen.ts'
import { withBuiltPage } from '../built-page/open-built-page.ts'
import { withFilledApp } from '../filled-app/filled-app.ts'
import { newestLines, roomName } from '../filled-app/lines.ts'
import { launchWithoutBeat } from './launch.ts'
import type { Contestant } from './percentiles.ts'

const plainRooms = path.join(import.meta.dirname, '..', 'plain-rooms')

export interface OpenContestants {
  pages: Readonly<Record<Contestant, Page>>
  /** How many messages each room has. */
  counts: readonly number[]
}

/** Opens one of the two pages beside ours, with the same messages in it. */
const withPlainRooms = (
  browser: Browser,
  name: 'plain' | 'bare',
  counts: readonly number[],
  use: (page: Page) => Promise<void>,
): Promise<void> =>
  withBuiltPage(browser, path.join(plainRooms, `${name}.html`), async (page) => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(`${page.url()}?${counts.map((count) => `count=${count}`).join('&')}`)
    await page.getByText(newestLines(roomName(0), counts[0] ?? 0).at(-1) ?? '', { exact: true }).waitFor()
    await use(page)
  })

/** All three in one browser, with rooms of so many messages, each with the first room on its screen. */
export const withContestants = async (
  counts: readonly number[],
  use: (contestants: OpenContestants) => Promise<void>,
): Promise<void> => {
  const browser = await launchWithoutBeat()
  try {
    await withFilledApp(browser, { counts }, async (app) => {
      const ours = await app.open()
      // What a start does besides is over by then: the network is there.
      await createScreen(ours).connection.waitFor()
      await withPlainRooms(browser, 'plain', app.counts, (peer) =>
        withPlainRooms(browser, 'bare', app.counts, (limit) =>
          use({ pages: { ours, peer, limit }, counts: app.counts }),
        ),
      )
    })
  } finally {
    await browser.close()
  }
}
