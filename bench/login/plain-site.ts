import { once } from 'node:events'
import http from 'node:http'
import { text } from 'node:stream/consumers'
import bcrypt from 'bcrypt'
import type { Browser } from '@playwright/test'

const password = 'the same to all who are measured'

const page = `<!doctype html><title>Plain</title>
<form><label>Password <input type="password"></label><button>Sign in</button></form>
<script>
  document.querySelector('form').onsubmit = async (event) => {
    event.preventDefault()
    const startedAt = performance.now()
    const body = document.querySelector('input').value
    const answer = await fetch('/login', { method: 'POST', body })
    document.body.textContent = answer.ok ? 'Inside' : 'Outside'
    requestAnimationFrame(() => { window.tookMs = performance.now() - startedAt })
  }
</script>`

/** The common way: the password goes to the server, which compares it by bcrypt at cost 12 and so gets to know it. */
export const withPlainSignIn = async (
  browser: Browser,
  use: (measure: () => Promise<number>) => Promise<void>,
): Promise<void> => {
  const hash = await bcrypt.hash(password, 12)
  const site = http.createServer((request, response) => {
    if (request.method !== 'POST') return response.writeHead(200, { 'Content-Type': 'text/html' }).end(page)
    text(request)
      .then((given) => bcrypt.compare(given, hash))
      .then(
        (isRight) => response.writeHead(isRight ? 204 : 403).end(),
        () => response.destroy(),
      )
  })
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  const address = site.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const tab = await browser.newPage()
  try {
    await use(async () => {
      await tab.goto(`http://localhost:${port}`)
      await tab.getByLabel('Password').fill(password)
      await tab.getByRole('button', { name: 'Sign in' }).click()
      await tab.getByText('Inside').waitFor()
      const took = await tab.waitForFunction(() => (window as Window & { tookMs?: number }).tookMs)
      return (await took.jsonValue()) ?? Number.NaN
    })
  } finally {
    await tab.close()
    site.close()
  }
}
