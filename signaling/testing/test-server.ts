import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, type RunningServer, type ServerConfig } from '../server.ts'
import { inviteBy, secretOf, signUp, type TestAccount } from './test-account.ts'

/** The few things every test does with a server on loopback. */
export interface TestClient {
  httpPort: number
  origin: string
  fetch(path: string, options?: TestRequest): Promise<TestAnswer>
  /** JSON from our own page. */
  send(method: string, path: string, body?: unknown, cookie?: string): Promise<TestAnswer>
  post(path: string, body: unknown, cookie?: string): Promise<TestAnswer>
  /** The first account; made at the first call. */
  owner(): Promise<TestAccount>
  /** One more account, of a member, with a session. */
  join(role?: 'admin' | 'member'): Promise<TestAccount>
  /** The same, as its device and cookie only. */
  signIn(): Promise<{ device: string; cookie: string }>
}

/** A server in this process, with a data folder of its own. */
export interface TestServer extends RunningServer, Omit<TestClient, 'httpPort'> {
  dataFolder: string
  /** What it has logged. */
  logged: string[]
}

export interface TestRequest {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** What the Host header says, where it is not this server's. */
  host?: string
}

export interface TestAnswer {
  status: number
  headers: IncomingMessage['headers']
  text: string
  /** What the text is as JSON; undefined where it is none. */
  body: unknown
}

export const randomDevice = (): string => randomBytes(32).toString('base64url')
export const randomTopic = (): string => randomBytes(16).toString('base64url')

const folders: string[] = []
// Nothing asynchronous runs any more then.
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A data folder that is gone when the tests have ended. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-test-'))
  folders.push(folder)
  return folder
}

export const startTestServer = async (config: Partial<ServerConfig> = {}): Promise<TestServer> => {
  const dataFolder = config.dataFolder ?? (await newFolder())
  const logged: string[] = []
  const started = await startServer({
    clientFolder: join(dataFolder, 'no-client'),
    host: '127.0.0.1',
    httpPort: 0,
    httpsPort: 'off',
    log: 'debug',
    logTo: { write: (line) => void logged.push(line) },
    ...config,
    dataFolder,
  })
  if (!started.ok) throw new Error(`did not start: ${JSON.stringify(started.problem)}`)
  const server = started.value
  return {
    ...server,
    ...clientFor(server.httpPort, server.ownerLink('http://localhost')),
    dataFolder,
    logged,
    close: async () => {
      await server.close()
      if (config.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** `ownerLink` is what the server told at its first start; without it nobody new can come in. */
export const clientFor = (httpPort: number, ownerLink: string | undefined): TestClient => {
  const origin = `http://localhost:${httpPort}`
  const fetch: TestClient['fetch'] = (path, options = {}) =>
    send(
      {
        host: '127.0.0.1',
        port: httpPort,
        path,
        method: options.method ?? 'GET',
        headers: {
          host: options.host ?? `localhost:${httpPort}`,
          // Node leaves it out of a DELETE.
          ...(options.body === undefined
            ? {}
            : { 'content-length': String(Buffer.byteLength(options.body)) }),
          ...options.headers,
        },
      },
      options.body,
    )
  let owner: Promise<TestAccount> | undefined
  const open: Record<'admin' | 'member', { secret: string; left: number }> = {
    admin: { secret: '', left: 0 },
    member: { secret: '', left: 0 },
  }
  let inviting: Promise<void> = Promise.resolve()
  /** An invitation for twenty, and then the next. */
  const nextSecret = async (role: 'admin' | 'member'): Promise<string> => {
    const before = inviting
    const renew = async (): Promise<void> => {
      await before
      if (open[role].left > 0) return
      open[role] = { secret: await inviteBy(client, await client.owner(), { role, uses: 20 }), left: 20 }
    }
    const mine = renew()
    inviting = mine.then(() => {
      open[role].left -= 1
    })
    await mine
    return open[role].secret
  }
  const client: TestClient = {
    httpPort,
    origin,
    fetch,
    send: (method, path, body, cookie) =>
      fetch(path, {
        method,
        headers: { origin, ...(cookie === undefined ? {} : { cookie }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    post: (path, body, cookie) => client.send('POST', path, body, cookie),
    owner: () => (owner ??= signUp(client, { secret: secretOf(ownerLink), name: 'Olga' })),
    join: async (role = 'member') => signUp(client, { secret: await nextSecret(role) }),
    signIn: async () => {
      const { device, cookie } = await client.join()
      return { device: device.device, cookie }
    },
  }
  return client
}

export const cookieOf = (answer: TestAnswer): string => answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const send = (options: RequestOptions, body: string | undefined): Promise<TestAnswer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ ...options, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: jsonOf(text),
        })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
