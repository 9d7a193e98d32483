import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { icePath, type IceAnswer } from '../../shared/ice.ts'
import { httpLimits } from '../../shared/limits.ts'
import { sessionPath } from '../../shared/session.ts'
import {
  cookieOf,
  newFolder,
  randomDevice,
  startTestServer,
  type TestAnswer,
  type TestServer,
} from '../testing/test-server.ts'

let server: TestServer
const page = '<!doctype html><title>Hearth</title>'
const script = `console.log(${JSON.stringify('hello '.repeat(1_000))})`
beforeAll(async () => {
  const clientFolder = await newFolder()
  await mkdir(join(clientFolder, 'assets'))
  await writeFile(join(clientFolder, 'index.html'), page)
  await writeFile(join(clientFolder, 'assets', 'index-abc.js'), script)
  server = await startTestServer({ clientFolder })
})
afterAll(() => server.close())

const post = (
  body: unknown,
  headers: Record<string, string> = { origin: server.origin },
): Promise<TestAnswer> =>
  server.fetch(sessionPath, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('coming in', () => {
  test('A3: the family’s code gets a cookie that scripts and other sites do not see', async () => {
    const answer = await post({ code: server.admission, device: randomDevice() })
    expect(answer.status).toBe(204)
    const [cookie] = answer.headers['set-cookie'] ?? []
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000'])
      expect(cookie).toContain(part)
    expect(cookie).not.toContain('Domain')
  })

  test('A3: away from this machine the cookie is Secure and bound to the host', async () => {
    const host = 'chat.example.org'
    const url = `https://${host}`
    const behind = await startTestServer({ trustProxy: true })
    const answer = await behind.fetch(sessionPath, {
      method: 'POST',
      host,
      headers: { origin: url, 'x-forwarded-proto': 'https' },
      body: JSON.stringify({ code: behind.admission, device: randomDevice() }),
    })
    expect(answer.status).toBe(204)
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-hearth=[\w-]{43}; .*Secure/)
    await behind.close()
  })

  test('A3: the session answers whose it is, until it is ended', async () => {
    const { device, cookie } = await server.signIn()
    const shown = await server.fetch(sessionPath, { headers: { cookie } })
    expect(JSON.parse(shown.text)).toEqual({ device })
    const ended = await server.fetch(sessionPath, {
      method: 'DELETE',
      headers: { cookie, origin: server.origin },
    })
    expect(ended.headers['set-cookie']?.[0]).toContain('Max-Age=0')
    expect((await server.fetch(sessionPath, { headers: { cookie } })).status).toBe(401)
  })

  test('A3: coming in again with a session of the same device keeps it', async () => {
    const { device, cookie } = await server.signIn()
    const before = server.counts().sessions
    const again = await post({ code: server.admission, device }, { origin: server.origin, cookie })
    expect(cookieOf(again)).toBe(cookie)
    expect(server.counts().sessions).toBe(before)
  })

  test('A3: the token is not on the disk', async () => {
    const { cookie } = await server.signIn()
    const file = join(server.dataFolder, 'sessions.json')
    expect(await readFile(file, 'utf8')).not.toContain(cookie.split('=')[1])
    expect((await stat(file)).mode & 0o077).toBe(0)
  })

  test('A3: a session outlives a restart of the server', async () => {
    const dataFolder = await newFolder()
    const first = await startTestServer({ dataFolder })
    const { device, cookie } = await first.signIn()
    await first.close()
    const second = await startTestServer({ dataFolder })
    expect(second.admission).toBe(first.admission)
    expect(JSON.parse((await second.fetch(sessionPath, { headers: { cookie } })).text)).toEqual({ device })
    await second.close()
  })

  test.each([
    ['not JSON', '{'],
    ['no code', { device: randomDevice() }],
    ['a short code', { code: 'abc', device: randomDevice() }],
    ['more than asked', { code: randomDevice(), device: randomDevice(), more: 1 }],
    ['nothing', ''],
  ])('A3: %s is 400', async (_, body) => {
    expect((await post(body)).status).toBe(400)
  })

  test('A3: a body over the limit is 413', async () => {
    expect((await post('x'.repeat(httpLimits.maxBodyBytes + 1))).status).toBe(413)
  })

  test.each([
    ['another site', { origin: 'https://example.org' }, 403],
    ['nowhere', {}, 403],
    ['a browser that says it is another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a browser that says it is our page', { 'sec-fetch-site': 'same-origin' }, 204],
  ])('A3: from %s', async (_, headers: Record<string, string>, status) => {
    expect((await post({ code: server.admission, device: randomDevice() }, headers)).status).toBe(status)
  })

  test('A6: wrong codes are 403, then 429 with a time to wait; the right one has to wait as well', async () => {
    const guarded = await startTestServer({ limits: { admissionsPerMinute: 3 } })
    const attempt = (code: string): Promise<TestAnswer> =>
      guarded.fetch(sessionPath, {
        method: 'POST',
        headers: { origin: guarded.origin },
        body: JSON.stringify({ code, device: randomDevice() }),
      })
    for (let count = 0; count < 3; count++) expect((await attempt(randomDevice())).status).toBe(403)
    const limited = await attempt(guarded.admission)
    expect(limited.status).toBe(429)
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
    await guarded.close()
  })

  test('A6: behind a trusted proxy attempts count by the address it adds; what others wrote before it does not', async () => {
    const behind = await startTestServer({ trustProxy: true, limits: { admissionsPerMinute: 1 } })
    const attempt = async (forwarded: string): Promise<number> => {
      const body = JSON.stringify({ code: randomDevice(), device: randomDevice() })
      const headers = { origin: behind.origin, 'x-forwarded-for': forwarded }
      return (await behind.fetch(sessionPath, { method: 'POST', headers, body })).status
    }
    expect(await attempt('203.0.113.1')).toBe(403)
    expect(await attempt('198.51.100.7, 203.0.113.1')).toBe(429)
    expect(await attempt('203.0.113.2')).toBe(403)
    await behind.close()
  })

  test('A6: without a trusted proxy its headers are not believed', async () => {
    const guarded = await startTestServer({ limits: { admissionsPerMinute: 1 } })
    const attempt = async (forwarded: string): Promise<number> => {
      const body = JSON.stringify({ code: randomDevice(), device: randomDevice() })
      const headers = { origin: guarded.origin, 'x-forwarded-for': forwarded }
      return (await guarded.fetch(sessionPath, { method: 'POST', headers, body })).status
    }
    expect(await attempt('203.0.113.1')).toBe(403)
    expect(await attempt('203.0.113.2')).toBe(429)
    await guarded.close()
  })
})

describe('STUN and TURN', () => {
  test('S8: only with a session', async () => {
    expect((await server.fetch(icePath)).status).toBe(401)
  })

  test('S8: TURN credentials are those coturn computes, and last an hour', async () => {
    const withTurn = await startTestServer({
      iceUrls: ['stun:turn.example.org:3478', 'turn:turn.example.org:3478'],
      turnSecret: 'shared with coturn',
    })
    const { cookie } = await withTurn.signIn()
    const answer = JSON.parse((await withTurn.fetch(icePath, { headers: { cookie } })).text) as IceAnswer
    const [stun, turn] = answer.iceServers
    expect(stun).toEqual({ urls: ['stun:turn.example.org:3478'] })
    const { createHmac } = await import('node:crypto')
    const expected = createHmac('sha1', 'shared with coturn')
      .update(turn?.username ?? '')
      .digest('base64')
    expect(turn?.credential).toBe(expected)
    expect(Number(turn?.username?.split(':')[0])).toBe(Math.floor((answer.expiresAt ?? 0) / 1000))
    await withTurn.close()
  })
})

describe('files', () => {
  test('every answer carries the security headers', async () => {
    for (const path of [
      '/',
      '/assets/index-abc.js',
      '/nothing.js',
      '/api/health',
      '/api/nothing',
      sessionPath,
    ]) {
      const { headers } = await server.fetch(path)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['permissions-policy']).toContain('camera=(self)')
    }
  })

  test('what has a hash in its name is kept for good, the page is asked for again each time', async () => {
    expect((await server.fetch('/assets/index-abc.js')).headers['cache-control']).toContain('immutable')
    const { headers, text } = await server.fetch('/')
    expect(headers['cache-control']).toBe('no-cache')
    expect(text).toBe(page)
    const again = await server.fetch('/', { headers: { 'if-none-match': String(headers.etag) } })
    expect(again.status).toBe(304)
  })

  test('scripts travel compressed, by what the browser takes', async () => {
    const get = async (encodings: string): Promise<{ encoding: string | undefined; length: number }> => {
      const headers = { 'accept-encoding': encodings }
      const answer = await server.fetch('/assets/index-abc.js', { method: 'HEAD', headers })
      return {
        encoding: answer.headers['content-encoding'],
        length: Number(answer.headers['content-length']),
      }
    }
    expect(await get('')).toEqual({ encoding: undefined, length: script.length })
    expect((await get('gzip, deflate, br')).encoding).toBe('br')
    expect((await get('gzip')).encoding).toBe('gzip')
    expect((await get('gzip;q=0, br;q=0')).encoding).toBeUndefined()
    expect((await get('br')).length).toBeLessThan(script.length / 10)
    const { createClientFile } = await import('./client-files.ts')
    const file = createClientFile('/x.js', Buffer.from(script))
    expect(gunzipSync((await file.encoded('gzip')).bytes).toString()).toBe(script)
    expect(brotliDecompressSync((await file.encoded('br')).bytes).toString()).toBe(script)
  })

  test('an address that is opened shows the app; a missing file is missing', async () => {
    const accept = 'text/html,application/xhtml+xml'
    expect((await server.fetch('/rooms/general', { headers: { accept } })).text).toBe(page)
    expect((await server.fetch('/assets/old.js', { headers: { accept } })).status).toBe(404)
    expect((await server.fetch('/rooms/general', { headers: { accept: '*/*' } })).status).toBe(404)
    expect((await server.fetch('/', { method: 'PUT' })).status).toBe(405)
  })

  test.each([
    '/../family-secret.txt',
    '/..%2f..%2ffamily-secret.txt',
    '/%2e%2e/family-secret.txt',
    '/assets/../../family-secret.txt',
    '/..\\family-secret.txt',
    '/assets//index.html/../../../etc/passwd',
    '/%00',
    '/%',
    '//example.org/',
  ])('nothing beside the client can be asked for: %s', async (path) => {
    expect((await server.fetch(path)).status).toBe(404)
  })

  test('an address that is too long is 414', async () => {
    expect((await server.fetch(`/${'a'.repeat(httpLimits.maxUrlChars)}`)).status).toBe(414)
  })

  test('a Host that is no host is 400: it would end up in headers', async () => {
    expect((await server.fetch('/', { host: "x; script-src 'unsafe-inline'" })).status).toBe(400)
  })
})

describe('plain HTTP beside HTTPS', () => {
  let both: TestServer
  beforeAll(async () => {
    both = await startTestServer({ httpsPort: 0 })
  })
  afterAll(() => both.close())

  test('other hosts are shown the way to HTTPS', async () => {
    for (const path of ['/', sessionPath, icePath, '/anything']) {
      const answer = await both.fetch(path, { host: 'nas.local:8080' })
      expect([answer.status, answer.headers.location]).toEqual([302, '/trust'])
    }
  })

  test('/trust gives the certificate and its fingerprint, without anything inline', async () => {
    const answer = await both.fetch('/trust', { host: 'nas.local:8080' })
    expect(answer.status).toBe(200)
    expect(answer.text.replaceAll('<wbr />', '')).toContain(both.authorityFingerprint)
    expect(answer.text).toContain(`data-https-port="${both.httpsPort}"`)
    expect(answer.text).not.toMatch(/<style|style=|<script>|\son\w+=|\{\w+\}/)
    const certificate = await both.fetch('/trust/hearth.crt', { host: 'nas.local:8080' })
    expect(certificate.headers['content-type']).toBe('application/x-x509-ca-cert')
    for (const path of ['/trust/trust.css', '/trust/trust.js', '/trust/']) {
      expect((await both.fetch(path)).status).toBe(200)
    }
    expect((await both.fetch('/trust/../main.ts')).status).toBe(404)
  })

  test('this machine has it all', async () => {
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080']) {
      expect((await both.fetch(sessionPath, { host })).status).toBe(401)
    }
  })

  test('health is told to anybody who watches over it', async () => {
    expect((await both.fetch('/api/health', { host: '172.17.0.2:8080' })).text).toBe('{"ok":true}')
  })
})
