import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findBrowser } from '../../scripts/browsers.mjs'

/**
 * Chromium as it runs inside one device: Playwright drives it through pipes, which cross into a namespace. Taking the server's own certificate
 * one request at a time, as Playwright's `ignoreHTTPSErrors` does, Chromium now and then gives one up (ERR_TOO_MANY_RETRIES): here it asks about none.
 */
export const writeWrapper = async (folder: string, namespace: string): Promise<string> => {
  const wrapper = path.join(folder, namespace)
  await writeFile(
    wrapper,
    `#!/bin/sh\nexec ip netns exec '${namespace}' '${findBrowser('chromium')}' --ignore-certificate-errors "$@"\n`,
  )
  await chmod(wrapper, 0o755)
  return wrapper
}
