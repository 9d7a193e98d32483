import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import { createScreen } from '../test/fixtures/screen.ts'
import { clientFolder, withServer } from '../test/fixtures/server.ts'
import { isScreenKept } from '../test/fixtures/stored-bytes.ts'
import { createResult, type BenchResult } from './bench-result.ts'
import { gzippedBytes, measureBuiltPage } from './load/built-page.ts'
import { notePaint } from './painting/note-paint.ts'

/**
 * How much JavaScript a page asks for before the history is painted, gzipped, in a real browser where somebody was before. Beside
 * ours: Vue, Yjs, y-webrtc and y-indexeddb loaded the plain way. The limit: a page of Vue with one line of text.
 */
const aimBytes = 120 * 1024
const remembered = 'What was said before'

/** The paths of the scripts that were asked for before the history was painted. */
const readScripts = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const paintedAt = await window.historyPaintedAt!
    return performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime < paintedAt)
      .map(({ name }) => new URL(name).pathname)
  })

const measureOurs = async (): Promise<number> => {
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  let bytes = 0
  try {
    await withServer(async ({ link, origin }) => {
      const context = await browser.newContext()
      const first = createScreen(await context.newPage())
      await first.moveIn(link, 'Anna')
      const saidAt = Date.now()
      await first.say(remembered)
      await isScreenKept(first.page, saidAt)
      await first.page.close()

      const page = await context.newPage()
      await page.addInitScript(notePaint, { text: remembered, rows: 1 })
      await page.goto(origin)
      for (const script of await readScripts(page))
        bytes += gzippedBytes(await readFile(path.join(clientFolder, script)))
    })
  } finally {
    await browser.close()
  }
  return bytes
}

export const run = async (): Promise<BenchResult> => {
  const ours = await measureOurs()
  const peer = await measureBuiltPage('plain')
  const limit = await measureBuiltPage('blank')
  const result = createResult(
    {
      name: 'load: JavaScript before the history is painted',
      unit: 'bytes',
      ours,
      peer,
      limit,
      better: 'lower',
    },
    { toLimit: aimBytes / limit },
  )
  return { ...result, aim: { text: 'at most 120 KiB', isMet: ours <= aimBytes } }
}
