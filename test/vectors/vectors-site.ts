import { rm } from 'node:fs/promises'
import path from 'node:path'
import { build, preview } from 'vite'
import { makeFolder } from '../fixtures/browsers.ts'

/** Builds the page of the runners as the client is built, and serves it at an address that browsers take for secure. */
export const withVectorsPage = async (use: (address: string) => Promise<void>): Promise<void> => {
  const folder = await makeFolder('vectors')
  const root = import.meta.dirname
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: 'es2022',
        rolldownOptions: { input: path.join(root, 'vectors-page.html') },
      },
    })
    const site = await preview({
      root,
      configFile: false,
      logLevel: 'silent',
      build: { outDir: folder },
      preview: { port: 0, host: '127.0.0.1' },
    })
    try {
      await use(`${site.resolvedUrls?.local[0] ?? ''}vectors-page.html`)
    } finally {
      await site.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
