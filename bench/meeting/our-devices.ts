import type { Browser, BrowserContext, Page } from '@playwright/test'
import { createScreen } from '../../test/fixtures/screen.ts'
import { longestTaskOf, taskCategories } from '../built-page/longest-task.ts'
import { must, mustBe } from '../built-page/must.ts'
import { fillApp, fillRooms, openApp, withFilledServer } from '../filled-app/filled-app.ts'
import { lineOf, roomName, shownLines } from '../filled-app/lines.ts'
import { notePaint } from '../painting/note-paint.ts'
import { metMark, noteMeeting, readMeeting } from './note-meeting.ts'
import type { Outcome } from './outcome.ts'

const fillAtMostMs = 20 * 60_000
const syncAtMostMs = 30 * 60_000
/** Up to so many, the end is looked for all the time. */
const few = 1_000

/** The built app on a device of somebody's who has so many messages, and further devices of theirs. */
export interface OurDevices {
  /** Of the entries of what was written last, as they stand in the feeds. */
  entryBytes(): number
  /** A new device signs in, and gets everything. It stays, and can come back. */
  arrive(): Promise<Outcome>
  /** The longest task of the main thread in the first moments of that, on yet another device, which does not stay. Milliseconds of processor time. */
  longestTask(watchedMs: number): Promise<number>
  /** So many messages are written while the new device is away; then it comes back. */
  comeBack(missed: number): Promise<Outcome>
}

/** Until the page keeps so many messages. Answers when that was, in milliseconds since it was asked for. */
const waitUntilKept = (page: Page, count: number, lookEveryMs: number): Promise<number> =>
  page.evaluate(
    async ([wanted, ms]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('hearth')
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(new Error('no database'))
      })
      // A method, since what runs in the page is compiled here and then only keeps its own names.
      const steps = {
        count() {
          return new Promise<number>((resolve, reject) => {
            const counting = database.transaction('timeline').objectStore('timeline').count()
            counting.onsuccess = () => resolve(counting.result)
            counting.onerror = () => reject(new Error('no timeline'))
          })
        },
      }
      while ((await steps.count()) < wanted) await new Promise((resolve) => setTimeout(resolve, ms))
      const keptAt = performance.now()
      database.close()
      return keptAt
    },
    [count, lookEveryMs] as const,
  )

const readOutcome = async (page: Page, total: number, missed: number): Promise<Outcome> => {
  const keptAt = await waitUntilKept(page, total, missed > few ? 250 : 5)
  const paintedAt = await page.evaluate(() => window.historyPaintedAt!)
  const { openedAt, receivedBytes, sentBytes } = await readMeeting(page)
  const sinceOpened = (ms: number) => ms - must(openedAt, 'open channel')
  return { ms: sinceOpened(keptAt), firstScreenMs: sinceOpened(paintedAt), bytes: receivedBytes + sentBytes }
}

export const withOurDevices = (
  browser: Browser,
  messages: number,
  use: (devices: OurDevices) => Promise<void>,
): Promise<void> =>
  withFilledServer(async ({ origin, link }) => {
    const newContext = async () => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        serviceWorkers: 'block',
      })
      context.setDefaultTimeout(syncAtMostMs)
      return context
    }
    const [old, fresh] = [await newContext(), await newContext()]
    const prepare = async (page: Page) => {
      await noteMeeting(page)
      const rows = Math.min(shownLines, total)
      await page.addInitScript(notePaint, { text: lineOf(roomName(0), total - 1), rows })
    }
    const signIn = async (context: BrowserContext): Promise<Page> => {
      const page = await context.newPage()
      await prepare(page)
      await page.goto(origin)
      await createScreen(page).signIn('Anna')
      return page
    }
    /** With the device open that has everything. */
    const withOld = async <Value>(meet: () => Promise<Value>): Promise<Value> => {
      const page = await openApp(old, origin, total)
      await createScreen(page).connection.waitFor()
      const value = await meet()
      await page.close()
      return value
    }
    let total = messages
    const [filled] = await fillApp(
      old,
      { origin, link },
      {
        counts: [messages],
        talk: 'family',
        atMostMs: fillAtMostMs,
      },
    )
    mustBe(filled?.count === messages, `${messages} messages were written`)
    let entryBytes = filled?.entryBytes ?? NaN
    try {
      await use({
        entryBytes: () => entryBytes,
        arrive: () =>
          withOld(async () => {
            const page = await signIn(fresh)
            await page.waitForFunction(() => window.meeting?.openedAt !== undefined)
            const outcome = await readOutcome(page, total, total)
            await page.close()
            return outcome
          }),
        longestTask: (watchedMs) =>
          withOld(async () => {
            const context = await newContext()
            await browser.startTracing(undefined, { categories: taskCategories })
            const page = await signIn(context)
            await page.waitForFunction(() => window.meeting?.openedAt !== undefined)
            await page.waitForTimeout(watchedMs)
            const trace = (await browser.stopTracing()).toString()
            await context.close()
            return longestTaskOf(trace, { from: metMark })
          }),
        async comeBack(missed) {
          const wish = { room: roomName(0), count: missed, from: total, talk: 'family' } as const
          const [added] = await fillRooms(old, origin, [wish], fillAtMostMs)
          mustBe(added?.count === missed, `${missed} more were written`)
          entryBytes = added?.entryBytes ?? NaN
          total += missed
          return withOld(async () => {
            const page = await fresh.newPage()
            await prepare(page)
            await page.goto(origin)
            await page.waitForFunction(() => window.meeting?.openedAt !== undefined)
            const outcome = await readOutcome(page, total, missed)
            await page.close()
            return outcome
          })
        },
      })
    } finally {
      for (const context of [old, fresh]) await context.close()
    }
  })
