import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { preview } from 'vite'
import { makeFolder } from '../../test/fixtures/browsers.ts'
import { buildPage } from './build-page.ts'

/**
 * Builds the page `file` as the client is built, serves it from localhost, where a browser gives WebCrypto, and opens it in a browser
 * profile of its own.
 */
export const withBuiltPage = async (
  browser: Browser,
  file: string,
  use: (page: Page) => Promise<void>,
): Promise<void> => {
  const root = path.dirname(file)
  const folder = await makeFolder('bench')
  const shared = { root, configFile: false, logLevel: 'silent' } as const
  try {
    await buildPage(file, folder)
    const site = await preview({
      ...shared,
      build: { outDir: folder },
      preview: { port: 0, host: '127.0.0.1' },
    })
    const context = await browser.newContext()
    try {
      const page = await context.newPage()
      await page.goto(`${site.resolvedUrls?.local[0] ?? ''}${path.basename(file)}`)
      await use(page)
    } finally {
      await context.close()
      await site.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
