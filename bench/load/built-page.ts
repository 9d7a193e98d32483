import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { makeFolder } from '../../test/fixtures/browsers.ts'

export const gzippedBytes = (script: Uint8Array): number => gzipSync(script, { level: 9 }).byteLength

/** Builds one page as the client is built, and tells how many bytes of gzipped JavaScript it has in all. */
export const measureBuiltPage = async (name: string): Promise<number> => {
  const folder = await makeFolder('load')
  try {
    const output = await build({
      root: import.meta.dirname,
      configFile: false,
      logLevel: 'silent',
      define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
      build: {
        outDir: folder,
        target: 'es2022',
        modulePreload: { polyfill: false },
        rolldownOptions: { input: path.join(import.meta.dirname, `${name}.html`) },
      },
    })
    if (!('output' in output)) throw new Error('expected one build')
    const scripts = output.output.filter(({ fileName }) => fileName.endsWith('.js'))
    const sizes = scripts.map(async ({ fileName }) =>
      gzippedBytes(await readFile(path.join(folder, fileName))),
    )
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
