import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import type { BenchFigure } from '../bench/bench-result.ts'
import { longestTaskOf, taskCategories } from '../bench/built-page/longest-task.ts'
import { mustBe } from '../bench/built-page/must.ts'
import { withFilledApp, type FilledApp } from '../bench/filled-app/filled-app.ts'
import { gzippedBytes } from '../bench/load/built-page.ts'
import { noteStart, readStart, startedMark } from '../bench/start/start-notes.ts'
import { staticScripts } from '../bench/start/static-scripts.ts'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import { clientFolder } from '../test/fixtures/server.ts'

/**
 * How the built app starts for somebody who is in and has a history: `npm run bench -- start`. Cold: the browser keeps the history and nothing of
 * the app. Warm: the app lies on the device, and its service worker gives it. Of several starts each, the worst.
 */
const starts = 5
const messagesInRoom = 10_000
const aims = { shift: 0, taskMs: 50, beforeHistory: 120 * 1024, inAll: 260 * 1024 }

interface Start {
  shift: number
  taskMs: number
  scripts: readonly string[]
}

const startOnce = async (browser: Browser, app: FilledApp, before: (page: Page) => Promise<void>) => {
  const blank = await app.context.newPage()
  await before(blank)
  const newPage = app.open(async (page) => {
    await page.addInitScript(noteStart)
    await browser.startTracing(page, { categories: taskCategories })
  })
  const page = await newPage
  const { shift, scripts } = await readStart(page)
  const trace = await browser.stopTracing()
  await Promise.all([page.close(), blank.close()])
  return { shift, scripts, taskMs: longestTaskOf(trace.toString(), { to: startedMark }) } satisfies Start
}

/** Everything of the app goes from the browser; the history stays. */
const forgetApp = async (page: Page, origin: string): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', {
    origin,
    storageTypes: 'service_workers,cache_storage',
  })
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  await session.detach()
}

/** Until the service worker has the whole app. */
const keepApp = async (app: FilledApp): Promise<void> => {
  const page = await app.open()
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
  await page.close()
}

const worst = (measured: readonly Start[], of: (start: Start) => number): number =>
  Math.max(...measured.map(of))

const figure = (name: string, unit: string, ours: number, atMost: number, words: string): BenchFigure => ({
  name: `start: ${name}`,
  unit,
  ours,
  better: 'lower',
  aim: { text: words, isMet: ours <= atMost },
})

const sizeOf = async (scripts: readonly string[]): Promise<number> => {
  const sizes = scripts.map(async (script) => gzippedBytes(await readFile(path.join(clientFolder, script))))
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** The figures of the start against the aims; there is nobody to be compared with. */
export const run = async (): Promise<BenchFigure[]> => {
  const cold: Start[] = []
  const warm: Start[] = []
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  try {
    await withFilledApp(browser, { counts: [messagesInRoom], serviceWorkers: 'allow' }, async (app) => {
      for (let count = 0; count < starts; count++)
        cold.push(await startOnce(browser, app, (page) => forgetApp(page, app.origin)))
      await keepApp(app)
      for (let count = 0; count < starts; count++)
        warm.push(await startOnce(browser, app, () => Promise.resolve()))
    })
  } finally {
    await browser.close()
  }
  const scripts = cold[0]?.scripts ?? []
  mustBe(scripts.length > 0, 'a cold start asks for scripts')
  return [
    figure(
      'layout shift, cold',
      '',
      worst(cold, ({ shift }) => shift),
      aims.shift,
      'none',
    ),
    figure(
      'layout shift, warm',
      '',
      worst(warm, ({ shift }) => shift),
      aims.shift,
      'none',
    ),
    figure(
      'the longest task, cold',
      'ms of a processor',
      worst(cold, ({ taskMs }) => taskMs),
      aims.taskMs,
      'at most 50 ms',
    ),
    figure(
      'the longest task, warm',
      'ms of a processor',
      worst(warm, ({ taskMs }) => taskMs),
      aims.taskMs,
      'at most 50 ms',
    ),
    figure(
      'JavaScript before the history is painted, gzipped',
      'bytes',
      await sizeOf(scripts),
      aims.beforeHistory,
      'at most 120 KiB',
    ),
    figure(
      'JavaScript that is not loaded lazily, gzipped',
      'bytes',
      await sizeOf(await staticScripts(clientFolder)),
      aims.inAll,
      'at most 260 KiB',
    ),
  ]
}
