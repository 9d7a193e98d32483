import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { build } from 'vite'
import { makeFolder } from '../fixtures/browsers.ts'

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }
const folderOnServer = '/hostile/'

export interface HostileSite {
  /**
   * From now on this browser finds the hostile page at the family's own address, and so with the same session and the same disk as the app;
   * the server has never heard of it.
   */
  serveTo(context: BrowserContext): Promise<void>
  readonly path: string
}

/** Builds the hostile member's page. */
export const withHostileSite = async (use: (site: HostileSite) => Promise<void>): Promise<void> => {
  const folder = await makeFolder('hostile')
  const root = import.meta.dirname
  try {
    await build({
      root,
      base: folderOnServer,
      configFile: false,
      logLevel: 'silent',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: 'es2022',
        modulePreload: { polyfill: false },
        // @hpke/core would ask Node for it where there is no WebCrypto.
        rolldownOptions: { input: path.join(root, 'hostile-page.html'), external: ['crypto'] },
      },
    })
    await use({
      path: `${folderOnServer}hostile-page.html`,
      serveTo: async (context) => {
        // For Chromium a page that came by no network is of nowhere, and may not talk to this machine unasked.
        if (context.browser()?.browserType().name() === 'chromium')
          await context.grantPermissions(['local-network-access'])
        await context.route(`**${folderOnServer}**`, async (route) => {
          const name = new URL(route.request().url()).pathname.slice(folderOnServer.length)
          const body = await readFile(path.join(folder, path.normalize(name)))
          await route.fulfill({ body, contentType: types[path.extname(name)] ?? 'application/octet-stream' })
        })
      },
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
