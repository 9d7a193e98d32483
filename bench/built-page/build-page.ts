import path from 'node:path'
import { build } from 'vite'
import viteConfig from '../../vite.config.ts'

/** Builds the page `file` into the folder, as the client is built. */
export const buildPage = async (file: string, folder: string): Promise<void> => {
  await build({
    ...viteConfig,
    root: path.dirname(file),
    configFile: false,
    logLevel: 'silent',
    build: { ...viteConfig.build, outDir: folder, rolldownOptions: { input: file, external: ['crypto'] } },
  })
}
