import path from 'node:path'
import { rm } from 'node:fs/promises'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { launchProfile, makeFolder } from '../../test/fixtures/browsers.ts'
import { median } from '../bench-result.ts'
import { mustBe } from '../built-page/must.ts'
import { withServedPage } from '../built-page/open-built-page.ts'
import { fillApp, withFilledServer } from '../filled-app/filled-app.ts'
import { newestLines, roomName, shownLines } from '../filled-app/lines.ts'
import { notePaint } from '../painting/note-paint.ts'
import { contestants, noTimes, type Contestant } from '../painting/percentiles.ts'

/** For how long a history of a million is written. */
const fillAtMostMs = 20 * 60_000
const patienceMs = 5 * 60_000
const browsers = { chromium, firefox: chromium }

export interface Opening {
  count: number
  /** From asking for the page to the newest fifty messages painted, each time in a browser that was just started: the middle of all rounds. */
  ms: Record<Contestant, number>
  /** The same of ours with the server gone. */
  offlineMs: number
  /** The JavaScript heap of the page after that, once what is not needed is thrown away. */
  heapBytes: Record<Contestant, number>
}

/** A browser of its own, started and ended, over a profile that stays. */
const withProfile = async <Outcome>(
  folder: string,
  use: (context: BrowserContext) => Promise<Outcome>,
): Promise<Outcome> => {
  const context = await launchProfile(browsers, 'chromium', folder, {
    viewport: { width: 1280, height: 800 },
  })
  context.setDefaultTimeout(patienceMs)
  try {
    return await use(context)
  } finally {
    await context.close()
  }
}

const heapOf = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

const open = (
  profile: string,
  address: string,
  newest: string,
  settle: (page: Page) => Promise<void>,
): Promise<{ ms: number; heapBytes: number }> =>
  withProfile(profile, async (context) => {
    const page = await context.newPage()
    await page.addInitScript(notePaint, { text: newest, rows: shownLines })
    await page.goto(address)
    const ms = await page.evaluate(() => window.historyPaintedAt!)
    await settle(page)
    return { ms, heapBytes: await heapOf(page) }
  })

const keepsApp = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')

/** Fills the same history into all three, and opens them in turn. */
export const measureOpening = async (wished: number, rounds: number): Promise<Opening> => {
  const profiles = {
    ours: await makeFolder('profile'),
    peer: await makeFolder('profile'),
    limit: await makeFolder('profile'),
  }
  let opening: Opening | undefined
  try {
    await withFilledServer(async (server) => {
      const count = await withProfile(profiles.ours, async (context) => {
        const wish = { counts: [wished], talk: 'family', atMostMs: fillAtMostMs } as const
        const [filled] = await fillApp(context, server, wish)
        const page = await context.newPage()
        await page.goto(server.origin)
        await keepsApp(page)
        return filled?.count ?? 0
      })
      mustBe(count === wished, `${wished} messages were written`)
      const newest = newestLines(roomName(0), count).at(-1) ?? ''
      await withServedPage(path.join(import.meta.dirname, 'plain.html'), (plain) =>
        withServedPage(path.join(import.meta.dirname, 'bare.html'), async (bare) => {
          const addresses = { ours: server.origin, peer: plain, limit: bare }
          for (const who of ['peer', 'limit'] as const)
            await withProfile(profiles[who], async (context) => {
              const page = await context.newPage()
              await page.goto(`${addresses[who]}?fill=${count}`)
              await page.waitForFunction(() => document.title === 'filled')
            })
          const settle = async (who: Contestant, page: Page) => {
            // What a start does besides is over by then: the network is there.
            if (who === 'ours') await page.getByText('Nobody else is here right now.').first().waitFor()
          }
          const times = noTimes()
          const heapBytes = { ours: 0, peer: 0, limit: 0 }
          for (let round = 0; round < rounds; round++)
            for (const who of contestants) {
              const once = await open(profiles[who], addresses[who], newest, (page) => settle(who, page))
              times[who].push(once.ms)
              heapBytes[who] = once.heapBytes
            }
          await server.stop()
          const offline: number[] = []
          for (let round = 0; round < rounds; round++)
            offline.push((await open(profiles.ours, server.origin, newest, () => Promise.resolve())).ms)
          const ms = { ours: median(times.ours), peer: median(times.peer), limit: median(times.limit) }
          opening = { count, ms, offlineMs: median(offline), heapBytes }
        }),
      )
    })
  } finally {
    for (const folder of Object.values(profiles)) await rm(folder, { recursive: true, force: true })
  }
  if (!opening) throw new Error('nothing was measured')
  return opening
}
