import { rm } from 'node:fs/promises'
import path from 'node:path'
import { build, preview } from 'vite'
import { makeFolder } from '../fixtures/browsers.ts'

/** Builds the page of one end of a Link, and serves it at an address that browsers take for secure. */
export const withMediaPage = async (use: (address: string) => Promise<void>): Promise<void> => {
  const folder = await makeFolder('media')
  const root = import.meta.dirname
  const shared = { root, configFile: false, logLevel: 'silent' } as const
  try {
    await build({
      ...shared,
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: 'es2022',
        rolldownOptions: { input: path.join(root, 'media-page.html') },
      },
    })
    const site = await preview({
      ...shared,
      build: { outDir: folder },
      preview: { port: 0, host: '127.0.0.1' },
    })
    try {
      await use(`${site.resolvedUrls?.local[0] ?? ''}media-page.html`)
    } finally {
      await site.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
