import { rm } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { launchBrowser, makeFolder } from '../test/fixtures/browsers.ts'
import { createScreen, type Screen } from '../test/fixtures/screen.ts'
import { withServer } from '../test/fixtures/server.ts'
import { createResult, median, type BenchResult } from './bench-result.ts'
import { openDurableWrite, sayDurably } from './latency/durable-write.ts'
import { withPlainSignaling } from './latency/plain-signaling.ts'
import { openRawChannel, sayRaw } from './latency/raw-channel.ts'
import { awaitPaint, noteEnter, readPaint, readPress } from './latency/stopwatch.ts'

/**
 * From Enter in one page to painted in another, both in one Chromium, on one clock. Beside ours: a plain page over Yjs and
 * y-webrtc with an input and a list. The limit: a bare data channel between our own two pages, from `send` until the
 * other page has drawn a frame with the text. Beside it the limit for whoever keeps P5: the same after one strict write to the
 * disk, since no message leaves a device before it is kept there. All take turns, so that what else the machine does hits all alike.
 */
const rounds = 60
const warmUp = 10

type Measure = (text: string) => Promise<number>

const newPage = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage()

/** Types a text in one page and presses Enter; the answer is how long until the other has painted it. */
const measureTyping =
  (from: Page, to: Page): Measure =>
  async (text) => {
    await from.getByRole('textbox', { name: 'Message' }).fill(text)
    await awaitPaint(to, text)
    await from.getByRole('textbox', { name: 'Message' }).press('Enter')
    return (await readPaint(to)) - (await readPress(from))
  }

const measureRaw =
  (from: Page, to: Page, say: typeof sayRaw): Measure =>
  async (text) => {
    await awaitPaint(to, text)
    const saidAt = await say(from, text)
    return (await readPaint(to)) - saidAt
  }

const joinFamily = async (browser: Browser, link: string, name: string): Promise<Screen> => {
  const screen = createScreen(await newPage(browser))
  await screen.moveIn(link, name)
  return screen
}

/** Builds the plain page, serves it beside y-webrtc's own signaling server, and opens it twice. */
const withPeer = async (browser: Browser, use: (from: Page, to: Page) => Promise<void>): Promise<void> => {
  const folder = await makeFolder('peer')
  const root = path.join(import.meta.dirname, 'latency')
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true, rolldownOptions: { input: path.join(root, 'peer.html') } },
  })
  const pages = await preview({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { outDir: folder },
    preview: { port: 0, host: '127.0.0.1' },
  })
  try {
    await withPlainSignaling(async (signaling) => {
      const origin = pages.resolvedUrls?.local[0] ?? ''
      const open = async () => {
        const page = await newPage(browser)
        await page.goto(`${origin}peer.html?signaling=${encodeURIComponent(signaling)}`)
        return page
      }
      const from = await open()
      const to = await open()
      await from.getByRole('textbox', { name: 'Message' }).fill('hello')
      await from.getByRole('textbox', { name: 'Message' }).press('Enter')
      await to.getByText('hello').waitFor()
      await use(from, to)
    })
  } finally {
    await pages.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export const run = async (): Promise<BenchResult[]> => {
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  const times = { ours: [] as number[], peer: [] as number[], limit: [] as number[], durable: [] as number[] }
  try {
    await withServer(async ({ link }) => {
      const anna = await joinFamily(browser, link, 'Anna')
      const { page: from } = anna
      const bob = await joinFamily(browser, await anna.invite('1 person'), 'Bob')
      const { page: to } = bob
      await anna.say('hello')
      await bob.message('hello').waitFor()
      await openRawChannel(from, to)
      await openDurableWrite(from)
      await withPeer(browser, async (peerFrom, peerTo) => {
        await Promise.all([from, peerFrom].map(noteEnter))
        const contestants = {
          ours: measureTyping(from, to),
          peer: measureTyping(peerFrom, peerTo),
          limit: measureRaw(from, to, sayRaw),
          durable: measureRaw(from, to, sayDurably),
        }
        for (let round = 0; round < warmUp + rounds; round++)
          for (const who of ['ours', 'peer', 'limit', 'durable'] as const) {
            const took = await contestants[who](`${who} says ${round};`)
            if (round >= warmUp) times[who].push(took)
          }
      })
    })
  } finally {
    await browser.close()
  }
  const against = (name: string, limit: readonly number[]): BenchResult =>
    createResult(
      {
        name,
        unit: 'ms',
        ours: median(times.ours),
        peer: median(times.peer),
        limit: median(limit),
        better: 'lower',
      },
      { toLimit: 1.5 },
    )
  return [
    against('latency: Enter to painted', times.limit),
    against('latency: Enter to painted, the limit with one strict write first (P5)', times.durable),
  ]
}
