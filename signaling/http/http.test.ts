import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { icePath, type IceAnswer } from '../../shared/ice.ts'
import { httpLimits } from '../../shared/limits.ts'
import { keyringPath } from '../../shared/account.ts'
import { invitationPath } from '../../shared/invitations.ts'
import { challengePath, sessionPath } from '../../shared/session.ts'
import {
  newFolder,
  randomDevice,
  randomTopic,
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
  for (const name of ['index-abc.js', 'opaque-worker-abc.js', 'opaque-workers.html'])
    await writeFile(join(clientFolder, 'assets', name), script)
  server = await startTestServer({ clientFolder })
})
afterAll(() => server.close())

const post = (
  body: unknown,
  headers: Record<string, string> = { origin: server.origin },
): Promise<TestAnswer> =>
  server.fetch(challengePath, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('a browser that comes back after a while finds its connections open', async () => {
  const answer = await server.fetch('/', { headers: { connection: 'keep-alive' } })
  expect(answer.headers['keep-alive']).toBe(`timeout=${httpLimits.keepAliveTimeoutMs / 1_000}`)
})

describe('the cookie', () => {
  test('A3: is one that scripts and other sites do not see', async () => {
    const { cookie } = await server.signIn()
    const answer = await server.fetch(sessionPath, { headers: { cookie } })
    const [renewed] = answer.headers['set-cookie'] ?? []
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000'])
      expect(renewed).toContain(part)
    expect(renewed).not.toContain('Domain')
    expect(renewed).toContain(cookie)
  })

  test('A3: away from this machine it is Secure and bound to the host', async () => {
    const host = 'chat.example.org'
    const behind = await startTestServer({ trustProxy: true })
    const { cookie } = await behind.signIn()
    const token = cookie.split('=')[1] ?? ''
    const answer = await behind.fetch(sessionPath, {
      host,
      headers: { cookie: `__Host-hearth=${token}`, 'x-forwarded-proto': 'https' },
    })
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-hearth=[\w-]{43}; .*Secure/)
    await behind.close()
  })

  test('A3: the session answers whose it is, until it is ended', async () => {
    const ada = await server.join()
    const shown = await server.send('GET', sessionPath, undefined, ada.cookie)
    expect(shown.body).toEqual({ who: ada.who })
    const ended = await server.send('DELETE', sessionPath, undefined, ada.cookie)
    expect(ended.headers['set-cookie']?.[0]).toContain('Max-Age=0')
    expect((await server.send('GET', sessionPath, undefined, ada.cookie)).body).toEqual({})
  })

  test('A3: the token is not on the disk, and what is there only its owner reads', async () => {
    const dataFolder = await newFolder()
    const kept = await startTestServer({ dataFolder })
    const { cookie } = await kept.signIn()
    await kept.close()
    for (const name of ['hearth.db', 'hearth.db-wal', 'hearth.lock']) {
      const file = join(dataFolder, name)
      expect((await readFile(file)).includes(cookie.split('=')[1] ?? '')).toBe(false)
      expect((await stat(file)).mode & 0o077).toBe(0)
    }
  })

  test('A3: a session outlives a restart of the server, and so does the family', async () => {
    const dataFolder = await newFolder()
    const first = await startTestServer({ dataFolder })
    expect(first.ownerLink('http://localhost')).toBeDefined()
    const owner = await first.owner()
    await first.close()
    const second = await startTestServer({ dataFolder })
    expect(second.ownerLink('http://localhost')).toBeUndefined()
    expect((await second.send('GET', sessionPath, undefined, owner.cookie)).body).toEqual({ who: owner.who })
    await second.close()
  })
})

describe('what is no request of ours', () => {
  test.each([
    ['not JSON', '{'],
    ['no device', {}],
    ['a short device', { device: 'abc' }],
    ['more than asked', { device: randomDevice(), more: 1 }],
    ['a list', []],
    ['nothing', ''],
  ])('%s is 400, with a word for programs', async (_, body) => {
    const answer = await post(body)
    expect([answer.status, answer.body]).toEqual([400, { problem: 'malformed' }])
  })

  test('a body over the limit is 413', async () => {
    const answer = await post('x'.repeat(httpLimits.maxBodyBytes + 1))
    expect([answer.status, answer.body]).toEqual([413, { problem: 'tooLarge' }])
  })

  test.each([
    ['another site', { origin: 'https://example.org' }, 403],
    ['nowhere', {}, 403],
    ['a browser that says it is another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a browser that says it is our page', { 'sec-fetch-site': 'same-origin' }, 200],
  ])('S2: from %s', async (_, headers: Record<string, string>, status) => {
    expect((await post({ device: randomDevice() }, headers)).status).toBe(status)
  })

  test('an address that is there by another method is 405 and says by which; one that is not is 404', async () => {
    const wrong = await server.send('PUT', sessionPath, {})
    expect([wrong.status, wrong.headers.allow]).toEqual([405, 'GET, POST, DELETE'])
    expect((await server.send('GET', '/api/nothing')).body).toEqual({ problem: 'notFound' })
    expect((await server.send('GET', '/api/devices/%zz')).status).toBe(404)
    expect((await server.send('PURGE', sessionPath)).status).toBe(405)
  })

  test('S2: what needs a session is 401 without, before its body is looked at', async () => {
    const answer = await server.send('PUT', keyringPath, { anything: true })
    expect([answer.status, answer.body]).toEqual([401, { problem: 'signedOut' }])
  })
})

describe('A6: guessing', () => {
  const look = (guarded: TestServer, from?: string): Promise<TestAnswer> =>
    guarded.fetch(invitationPath, {
      method: 'POST',
      headers: { origin: guarded.origin, ...(from === undefined ? {} : { 'x-forwarded-for': from }) },
      body: JSON.stringify({ code: randomTopic() }),
    })

  test('invitations is 429 with a time to wait after so many', async () => {
    const guarded = await startTestServer({ limits: { perAddress: 3 } })
    for (let count = 0; count < 3; count++) expect((await look(guarded)).body).toEqual({ state: 'unknown' })
    const limited = await look(guarded)
    expect(limited.status).toBe(429)
    const wait = Number(limited.headers['retry-after'])
    expect(wait).toBeGreaterThan(0)
    expect(limited.body).toEqual({ problem: 'tooManyTries', retryAfterSeconds: wait })
    await guarded.close()
  })

  test('behind a trusted proxy counts by the address it adds; what others wrote before it does not', async () => {
    const behind = await startTestServer({ trustProxy: true, limits: { perAddress: 1 } })
    expect((await look(behind, '203.0.113.1')).status).toBe(200)
    expect((await look(behind, '198.51.100.7, 203.0.113.1')).status).toBe(429)
    expect((await look(behind, '203.0.113.2')).status).toBe(200)
    await behind.close()
  })

  test('without a trusted proxy its headers are not believed', async () => {
    const guarded = await startTestServer({ limits: { perAddress: 1 } })
    expect((await look(guarded, '203.0.113.1')).status).toBe(200)
    expect((await look(guarded, '203.0.113.2')).status).toBe(429)
    await guarded.close()
  })

  test('is remembered by another start of the server', async () => {
    const dataFolder = await newFolder()
    const first = await startTestServer({ dataFolder, limits: { perAddress: 1 } })
    await look(first)
    await first.close()
    const second = await startTestServer({ dataFolder, limits: { perAddress: 1 } })
    expect((await look(second)).status).toBe(429)
    await second.close()
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
    expect(answer.validForMs).toBe(60 * 60 * 1000)
    const endsAtMs = Number(turn?.username?.split(':')[0]) * 1000
    expect(Math.abs(endsAtMs - Date.now() - 60 * 60 * 1000)).toBeLessThan(60_000)
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

  test('A2: OPAQUE’s worker alone may compile WebAssembly, and can reach nothing', async () => {
    const policyOf = async (path: string): Promise<string> =>
      String((await server.fetch(path)).headers['content-security-policy'])
    const policy = await policyOf('/assets/opaque-worker-abc.js')
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(policy).toContain("connect-src 'none'")
    expect(await policyOf('/assets/opaque-workers.html')).not.toContain('wasm')
    expect(await policyOf('/assets/opaque-worker-other.js')).not.toContain('wasm')
    expect(await policyOf('/')).toContain('trusted-types vue hearth')
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
    '/../hearth.db',
    '/..%2f..%2fhearth.db',
    '/%2e%2e/hearth.db',
    '/assets/../../hearth.db',
    '/..\\hearth.db',
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
      expect((await both.fetch(icePath, { host })).status).toBe(401)
    }
  })

  test('health is told to anybody who watches over it', async () => {
    expect((await both.fetch('/api/health', { host: '172.17.0.2:8080' })).text).toBe('{"ok":true}')
  })
})
