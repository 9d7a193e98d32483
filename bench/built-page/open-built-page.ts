import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { preview } from 'vite'
import { makeFolder } from '../../test/fixtures/browsers.ts'
import { buildPage } from './build-page.ts'

/** Builds the page `file` as the client is built, and serves it from localhost, where a browser gives WebCrypto. */
export const withServedPage = async <Outcome>(
  file: string,
  use: (address: string) => Promise<Outcome>,
): Promise<Outcome> => {
  const folder = await makeFolder('bench')
  try {
    await buildPage(file, folder)
    const site = await preview({
      root: path.dirname(file),
      configFile: false,
      logLevel: 'silent',
      build: { outDir: folder },
      preview: { port: 0, host: '127.0.0.1' },
    })
    try {
      return await use(`${site.resolvedUrls?.local[0] ?? ''}${path.basename(file)}`)
    } finally {
      await site.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same, opened in a browser profile of its own. */
export const withBuiltPage = (
  browser: Browser,
  file: string,
  use: (page: Page) => Promise<void>,
): Promise<void> =>
  withServedPage(file, async (address) => {
    const context = await browser.newContext()
    try {
      const page = await context.newPage()
      await page.goto(address)
      await use(page)
    } finally {
      await context.close()
    }
  })
