import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findBrowser } from '../../scripts/browsers.mjs'

/** Chromium as it runs inside one device: Playwright drives it through pipes, which cross into a namespace. */
export const writeWrapper = async (folder: string, namespace: string): Promise<string> => {
  const wrapper = path.join(folder, namespace)
  await writeFile(wrapper, `#!/bin/sh\nexec ip netns exec '${namespace}' '${findBrowser('chromium')}' "$@"\n`)
  await chmod(wrapper, 0o755)
  return wrapper
}
