import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hkdfSync } from 'node:crypto'
import { familyLinkLabels, readFamilyLink } from '../../shared/family-link.ts'
import { sessionPath } from '../../shared/session.ts'
import { startServer, type RunningServer, type ServerConfig } from '../server.ts'

/** The few things every test does with a server on loopback. */
export interface TestClient {
  httpPort: number
  origin: string
  admission: string
  fetch(path: string, options?: TestRequest): Promise<TestAnswer>
  /** Lets a device in; answers the cookie it then has. */
  signIn(device?: string): Promise<{ device: string; cookie: string }>
}

/** A server in this process, with a data folder of its own. */
export interface TestServer extends RunningServer, Omit<TestClient, 'httpPort'> {
  dataFolder: string
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
}

export const randomDevice = (): string => randomBytes(32).toString('base64url')
export const randomTopic = (): string => randomBytes(16).toString('base64url')

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'hearth-test-'))

export const startTestServer = async (config: Partial<ServerConfig> = {}): Promise<TestServer> => {
  const dataFolder = config.dataFolder ?? (await newFolder())
  const started = await startServer({
    clientFolder: join(dataFolder, 'no-client'),
    host: '127.0.0.1',
    httpPort: 0,
    httpsPort: 'off',
    ...config,
    dataFolder,
  })
  if (!started.ok) throw new Error(`did not start: ${JSON.stringify(started.problem)}`)
  const server = started.value
  return {
    ...server,
    ...clientFor(server.httpPort, admissionOf(server.familyLink('http://localhost'))),
    dataFolder,
    close: async () => {
      await server.close()
      if (config.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

export const clientFor = (httpPort: number, admission: string): TestClient => {
  const origin = `http://localhost:${httpPort}`
  const fetch: TestClient['fetch'] = (path, options = {}) =>
    send(
      {
        host: '127.0.0.1',
        port: httpPort,
        path,
        method: options.method ?? 'GET',
        headers: { host: options.host ?? `localhost:${httpPort}`, ...options.headers },
      },
      options.body,
    )
  return {
    httpPort,
    origin,
    admission,
    fetch,
    signIn: async (device = randomDevice()) => {
      const body = JSON.stringify({ code: admission, device })
      const answer = await fetch(sessionPath, { method: 'POST', headers: { origin }, body })
      if (answer.status !== 204) throw new Error(`not let in: ${answer.status}`)
      return { device, cookie: cookieOf(answer) }
    },
  }
}

export const cookieOf = (answer: TestAnswer): string => answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''

export const admissionOf = (link: string): string => {
  const secret = readFamilyLink(new URL(link).hash)
  if (secret === undefined) throw new Error('no family link')
  const bytes = hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', familyLinkLabels.admission, 32)
  return Buffer.from(bytes).toString('base64url')
}

const send = (options: RequestOptions, body: string | undefined): Promise<TestAnswer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ ...options, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
