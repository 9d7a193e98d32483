import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { withServedPage } from '../built-page/open-built-page.ts'
import { lineOf, roomName, shownLines } from '../filled-app/lines.ts'
import { withPlainSignaling } from '../latency/plain-signaling.ts'
import { notePaint } from '../painting/note-paint.ts'
import { noteMeeting, readMeeting } from './note-meeting.ts'
import type { Outcome } from './outcome.ts'

/** What has not come by then will not: y-webrtc sends all that is missing as one message, which a browser refuses from 256 KiB on. */
const patienceMs = 60_000
const fillAtMostMs = 10 * 60_000

export interface PlainWish {
  /** How many messages both have. */
  common: number
  /** How many only one has. */
  missed: number
}

/** Two pages of the plain way; undefined where the one never gets what the other has. */
export const meetPlainly = async (
  browser: Browser,
  { common, missed }: PlainWish,
): Promise<Outcome | undefined> => {
  let outcome: Outcome | undefined
  await withServedPage(path.join(import.meta.dirname, 'plain.html'), (address) =>
    withPlainSignaling(async (signaling) => {
      const contexts = [await browser.newContext(), await browser.newContext()] as const
      try {
        const whole = common + missed
        const open = async (page: Page, more: number) => {
          const wish = new URLSearchParams({
            signaling,
            common: `${common}`,
            more: `${more}`,
            whole: `${whole}`,
          })
          await page.goto(`${address}?${wish.toString()}`)
          await page.waitForFunction(() => document.title === 'ready', undefined, { timeout: fillAtMostMs })
        }
        const [from, to] = [await contexts[0].newPage(), await contexts[1].newPage()]
        await open(from, missed)
        await noteMeeting(to)
        await to.addInitScript(notePaint, {
          text: lineOf(roomName(0), whole - 1),
          rows: Math.min(shownLines, whole),
        })
        await open(to, 0)
        outcome = await readOutcome(to)
      } finally {
        for (const context of contexts) await context.close()
      }
    }),
  )
  return outcome
}

const readOutcome = async (page: Page): Promise<Outcome | undefined> => {
  const wholeAt = await page.evaluate(
    (ms) =>
      Promise.race([
        window.wholeAt!,
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms)),
      ]),
    patienceMs,
  )
  const { openedAt = NaN, receivedBytes, sentBytes } = await readMeeting(page)
  if (wholeAt === undefined) return undefined
  const paintedAt = await page.evaluate(() => window.historyPaintedAt!)
  return { ms: wholeAt - openedAt, firstScreenMs: paintedAt - openedAt, bytes: receivedBytes + sentBytes }
}
