import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { makeFolder } from '../../test/fixtures/browsers.ts'
import { createScreen } from '../../test/fixtures/screen.ts'
import { clientFolder, withServer, type FamilyServer } from '../../test/fixtures/server.ts'
import { isScreenKept } from '../../test/fixtures/stored-bytes.ts'
import { buildPage } from '../built-page/build-page.ts'
import type { Filled, RoomWish } from './fill.ts'
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
  /** What the rooms are filled with (`fill.ts`). */
  talk?: RoomWish['talk']
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

/** A family's server that has that client. */
export const withFilledServer = (use: (server: FamilyServer) => Promise<void>): Promise<void> =>
  withClient((client) => withServer(use, { clientFolder: client }))

/** The app where the person comes back, with the history of the first room on the screen. */
export const openApp = async (
  context: BrowserContext,
  origin: string,
  count: number,
  prepare?: (page: Page) => Promise<void>,
): Promise<Page> => {
  const page = await context.newPage()
  await prepare?.(page)
  await page.goto(origin)
  const newest = newestLines(roomName(0), count).at(-1) ?? ''
  await createScreen(page).log(roomName(0)).getByText(newest, { exact: true }).waitFor()
  return page
}

/** Writes messages into what somebody keeps in this browser, while the app is closed. */
export const fillRooms = async (
  context: BrowserContext,
  origin: string,
  wishes: readonly RoomWish[],
  atMostMs = fillAtMostMs,
): Promise<Filled[]> => {
  const filler = await context.newPage()
  await filler.goto(`${origin}/fill.html`)
  await filler.waitForFunction(() => window.fillRooms !== undefined)
  const filled = await filler.evaluate(([rooms, ms]) => window.fillRooms!(rooms, ms), [
    wishes,
    atMostMs,
  ] as const)
  await filler.close()
  return filled
}

export interface FillAppWish {
  counts: readonly number[]
  talk?: RoomWish['talk'] | undefined
  atMostMs?: number
}

/** Somebody moves in, and has so long a history. Answers how much each room has. */
export const fillApp = async (
  context: BrowserContext,
  { origin, link }: Pick<FamilyServer, 'origin' | 'link'>,
  { counts, talk = 'lines', atMostMs = fillAtMostMs }: FillAppWish,
): Promise<Filled[]> => {
  const first = createScreen(await context.newPage())
  await first.moveIn(link, 'Anna')
  for (const index of counts.keys()) if (index > 0) await first.createRoom(roomName(index))
  await first.page.close()

  const wishes = counts.map((count, index) => ({ room: roomName(index), count, talk }))
  const filled = await fillRooms(context, origin, wishes, atMostMs)

  // What was written was never on a screen. Whoever comes back has been here before.
  const filledAt = Date.now()
  const visit = await openApp(context, origin, filled[0]?.count ?? 0)
  await isScreenKept(visit, filledAt)
  await visit.close()
  return filled
}

export const withFilledApp = async (
  browser: Browser,
  { serviceWorkers = 'block', ...wish }: FilledAppWish,
  use: (app: FilledApp) => Promise<void>,
): Promise<void> =>
  withFilledServer(async ({ origin, link }) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers })
    try {
      const filled = await fillApp(context, { origin, link }, wish)
      const counts = filled.map(({ count }) => count)
      const open: FilledApp['open'] = (prepare) => openApp(context, origin, counts[0] ?? 0, prepare)
      await use({ counts, origin, context, open })
    } finally {
      await context.close()
    }
  })
