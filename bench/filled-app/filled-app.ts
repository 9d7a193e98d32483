import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { makeFolder } from '../../test/fixtures/browsers.ts'
import { createScreen } from '../../test/fixtures/screen.ts'
import { clientFolder, withServer } from '../../test/fixtures/server.ts'
import { buildPage } from '../built-page/build-page.ts'
import { newestLines, roomName } from './lines.ts'

/** For how long the history is written; what is not written by then the bench goes without, and says so. */
const fillAtMostMs = 4 * 60_000

/** The built app, with one person signed in who has a long history on the device. */
export interface FilledApp {
  /** How many messages each room has. */
  counts: readonly number[]
  origin: string
  context: BrowserContext
  /** Opens the app at the address where the person comes back, with the history of the first room on the screen. */
  open(prepare?: (page: Page) => Promise<void>): Promise<Page>
}

export interface FilledAppWish {
  /** How many messages each room is to have. The first is the family's own room. */
  counts: readonly number[]
  /** Whether the app may keep itself on the device. */
  serviceWorkers?: 'allow' | 'block'
}

/** The built client, and beside it the page that fills the rooms: of one origin, so that it reaches what the app keeps. */
const withClient = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const [client, page] = [await makeFolder('client'), await makeFolder('fill')]
  try {
    await buildPage(path.join(import.meta.dirname, 'fill.html'), page)
    await cp(clientFolder, client, { recursive: true })
    await cp(page, client, { recursive: true, force: false, filter: (file) => !file.endsWith('index.html') })
    await use(client)
  } finally {
    for (const folder of [client, page]) await rm(folder, { recursive: true, force: true })
  }
}

export const withFilledApp = async (
  browser: Browser,
  { counts: wished, serviceWorkers = 'block' }: FilledAppWish,
  use: (app: FilledApp) => Promise<void>,
): Promise<void> =>
  withClient((client) =>
    withServer(
      async ({ origin, link }) => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers })
        try {
          const first = createScreen(await context.newPage())
          await first.moveIn(link, 'Anna')
          for (const index of wished.keys()) if (index > 0) await first.createRoom(roomName(index))
          await first.page.close()

          const filler = await context.newPage()
          await filler.goto(`${origin}/fill.html`)
          await filler.waitForFunction(() => window.fillRooms !== undefined)
          const wishes = wished.map((count, index) => [roomName(index), count] as const)
          const counts = await filler.evaluate(([rooms, atMostMs]) => window.fillRooms!(rooms, atMostMs), [
            wishes,
            fillAtMostMs,
          ] as const)
          await filler.close()

          await use({
            counts,
            origin,
            context,
            async open(prepare) {
              const page = await context.newPage()
              await prepare?.(page)
              await page.goto(origin)
              const newest = newestLines(roomName(0), counts[0] ?? 0).at(-1) ?? ''
              await createScreen(page).log(roomName(0)).getByText(newest, { exact: true }).waitFor()
              return page
            },
          })
        } finally {
          await context.close()
        }
      },
      { clientFolder: client },
    ),
  )
