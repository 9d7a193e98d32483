import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import viteConfig from '../../vite.config.ts'

/** Builds the page `file` into the folder, as the client is built. */
export const buildPage = async (file: string, folder: string): Promise<void> => {
  await build({
    ...viteConfig,
    // Without the service worker, which is the app's own.
    plugins: [vue()],
    root: path.dirname(file),
    configFile: false,
    logLevel: 'silent',
    build: { ...viteConfig.build, outDir: folder, rolldownOptions: { input: file, external: ['crypto'] } },
  })
}
