import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import type { Browser } from '@playwright/test'
import { ready, server } from '@serenity-kit/opaque'
import { build } from 'vite'
import { policyOf, securityHeaders } from '../../signaling/http/security-headers.ts'
import { makeFolder } from '../../test/fixtures/browsers.ts'
import viteConfig from '../../vite.config.ts'

const password = 'the same to all who are measured'

const where = { scheme: 'http', address: '127.0.0.1', isLoopback: true } as const

/** Serves a folder with the headers that the family's server gives. */
const serve = async (folder: string): Promise<{ origin: string; close: () => void }> => {
  const site = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const headers = {
      ...securityHeaders({ ...where, host: request.headers.host ?? '' }),
      ...policyOf(pathname),
      'Content-Type': pathname.endsWith('.html') ? 'text/html' : 'text/javascript',
    }
    readFile(path.join(folder, path.normalize(pathname))).then(
      (body) => response.writeHead(200, headers).end(body),
      () => response.writeHead(404).end(),
    )
  })
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  const address = site.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { origin: `http://localhost:${port}`, close: () => site.close() }
}

/** Builds the bare page as the client is built, and opens it; `use` gets a measurement that can be repeated. */
export const withBareOpaque = async (
  browser: Browser,
  use: (measure: () => Promise<number>) => Promise<void>,
): Promise<void> => {
  const folder = await makeFolder('opaque')
  try {
    await build({
      ...viteConfig,
      plugins: [],
      root: import.meta.dirname,
      configFile: false,
      logLevel: 'silent',
      build: {
        ...viteConfig.build,
        outDir: folder,
        rolldownOptions: { input: path.join(import.meta.dirname, 'bare-opaque.html') },
      },
    })
    const site = await serve(folder)
    const page = await browser.newPage()
    await ready
    const whom = { serverSetup: server.createSetup(), userIdentifier: 'anna' }
    let record = ''
    await page.exposeFunction('answerRegistration', (registrationRequest: string) => {
      return server.createRegistrationResponse({ ...whom, registrationRequest }).registrationResponse
    })
    await page.exposeFunction('answerLogin', (startLoginRequest: string) => {
      return server.startLogin({ ...whom, registrationRecord: record, startLoginRequest }).loginResponse
    })
    try {
      await page.goto(`${site.origin}/bare-opaque.html`)
      record = await page.evaluate(
        (secret) => window.bareOpaque!.register(secret, window.answerRegistration!),
        password,
      )
      await use(() =>
        page.evaluate((secret) => window.bareOpaque!.measure(secret, window.answerLogin!), password),
      )
    } finally {
      await page.close()
      site.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
