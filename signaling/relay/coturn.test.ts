import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { icePath, type IceAnswer } from '../../shared/ice.ts'
import { newFolder, startTestServer, type TestServer } from '../testing/test-server.ts'
import { attribute, openTurnClient, readAddress, type TurnCredentials } from '../testing/turn-client.ts'
import { findProgram } from './launch-relay.ts'
import { answersStun, isPortFree } from './relay-ports.ts'

const isInstalled = findProgram('turnserver') !== undefined
const timeoutMs = 30_000

/** Free now, by UDP too as far as anybody can tell. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const commandLines = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8')
      } catch {
        return '' // gone meanwhile
      }
    })

describe('S8: coturn as the family’s own relay', () => {
  let server: TestServer
  let port: number
  let address: string
  let cookie: string

  beforeAll(async () => {
    if (!isInstalled) return
    port = await freePort()
    server = await startTestServer({ turn: 'auto', turnPort: port, turnLifetimeMs: 60_000 })
    address = server.relayAddress()?.address ?? ''
    cookie = (await server.signIn()).cookie
  }, timeoutMs)
  afterAll(async () => {
    if (isInstalled) await server.close()
  })
  beforeEach(({ skip }) => skip(!isInstalled, 'turnserver (coturn) is not installed'))

  const credentials = async (): Promise<TurnCredentials> => {
    const { body } = await server.fetch(icePath, { headers: { cookie } })
    const { username = '', credential = '' } = (body as IceAnswer).iceServers[1] ?? {}
    return { username, credential }
  }

  test('it is offered with a session, and to this machine’s own browsers at an address they reach it by', async () => {
    const { body } = await server.fetch(icePath, { headers: { cookie } })
    expect(body).toMatchObject({
      validForMs: 60_000,
      iceServers: [
        { urls: [`stun:${address}:${port}`] },
        {
          urls: [`turn:${address}:${port}?transport=udp`, `turn:${address}:${port}?transport=tcp`],
        },
      ],
    })
  })

  test('two devices talk through it', async () => {
    const [anna, bob] = [await openTurnClient(port), await openTurnClient(port)]
    const [annas, bobs] = [await credentials(), await credentials()]
    const places = [await anna.allocate(annas), await bob.allocate(bobs)].map(({ attributes }) =>
      readAddress(attributes.get(attribute.relayed) ?? Buffer.alloc(8)),
    )
    expect(places.map((place) => place.address)).toEqual([address, address])
    expect((await anna.permit(annas, address)).code).toBe(0)
    expect((await bob.permit(bobs, address)).code).toBe(0)
    const heard = bob.received()
    anna.send(address, places[1]?.port ?? 0, 'Hello, Bob')
    expect(await heard).toBe('Hello, Bob')
    anna.close()
    bob.close()
  })

  test.each([
    ...['127.0.0.1', '127.0.0.53', '0.0.0.0', '10.0.0.1', '172.17.0.1', '192.168.1.1', '169.254.169.254'],
    ...['100.64.0.1', '224.0.0.251', '255.255.255.255'],
  ])('it relays nothing to %s', async (forbidden) => {
    const [client, mine] = [await openTurnClient(port), await credentials()]
    expect((await client.allocate(mine)).code).toBe(0)
    const { code } = await client.permit(mine, forbidden)
    expect(code).toBe(forbidden === address ? 0 : 403)
    client.close()
  })

  test('nobody is let in without credentials, with wrong ones, or with ones that have ended', async () => {
    const { username, credential } = await credentials()
    const ended = `${Math.floor(Date.now() / 1000) - 1}:${username.split(':')[1]}`
    const wrong = [
      { username, credential: 'guessed' },
      { username: ended, credential },
      { username: '', credential: '' },
    ]
    for (const guess of wrong) {
      const client = await openTurnClient(port)
      expect((await client.allocate(guess)).code).toBe(401)
      client.close()
    }
  })

  test('its secret is on no command line, in no log line, and in files of our own only', async () => {
    const config = join(server.dataFolder, 'turnserver.conf')
    const secret =
      /^static-auth-secret=(?<secret>.+)$/m.exec(await readFile(config, 'utf8'))?.groups?.['secret'] ?? ''
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect((await stat(config)).mode & 0o777).toBe(0o600)
    const lines = commandLines()
    expect(lines.filter((line) => line.includes(config)).length).toBeGreaterThan(0)
    expect(lines.filter((line) => line.includes(secret))).toEqual([])
    expect(server.logged.filter((line) => line.includes('"relay"'))).toHaveLength(1)
    expect(server.logged.join('')).not.toContain(secret)
  })
})

describe('S8: the life of the relay', () => {
  beforeEach(({ skip }) => skip(!isInstalled, 'turnserver (coturn) is not installed'))

  test(
    'it ends with the server, and the next start has the same secret',
    async () => {
      const dataFolder = await newFolder()
      const port = await freePort()
      const secrets: string[] = []
      for (let count = 0; count < 2; count++) {
        const server = await startTestServer({ dataFolder, turn: 'auto', turnPort: port })
        expect(server.relayAddress()?.port).toBe(port)
        secrets.push(
          /^static-auth-secret=.+$/m.exec(await readFile(join(dataFolder, 'turnserver.conf'), 'utf8'))?.[0] ??
            '',
        )
        await server.close()
        expect(await isPortFree(port, ['127.0.0.1'])).toBe(true)
      }
      expect(secrets[0]).toBe(secrets[1])
      expect(readdirSync(dataFolder).filter((name) => name.startsWith('turnserver'))).toEqual([])
    },
    timeoutMs,
  )

  test(
    'where its port is taken, Hearth says so and goes on without',
    async () => {
      const port = await freePort()
      const other = createServer().listen(port, '127.0.0.1')
      await once(other, 'listening')
      const server = await startTestServer({ turn: 'auto', turnPort: port })
      const { cookie } = await server.signIn()
      expect((await server.fetch(icePath, { headers: { cookie } })).body).toEqual({ iceServers: [] })
      expect(server.logged.join('')).toContain(`port ${port} is taken`)
      await server.close()
      other.close()
    },
    timeoutMs,
  )

  test('configured servers go before it, and it can be switched off', async () => {
    for (const config of [
      { turn: 'off' as const },
      { turn: 'auto' as const, iceUrls: ['stun:a.example:3478'] },
      {},
    ]) {
      const server = await startTestServer(config)
      expect(server.relayAddress()).toBeUndefined()
      await server.close()
    }
  })

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'it does not outlive a server ended by %s',
    async (signal) => {
      const port = await freePort()
      const main = fileURLToPath(new URL('../main.ts', import.meta.url))
      const ports = ['--http-port', '0', '--https-port', 'off', '--turn-port', String(port)]
      const child = spawn(process.execPath, ['--import', 'tsx', main, ...ports, '--data', await newFolder()])
      await once(child.stdout, 'data')
      expect(await answersStun(port, '127.0.0.1', 5_000)).toBe(true)
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
      await expect.poll(() => isPortFree(port, ['127.0.0.1']), { timeout: 5_000 }).toBe(true)
    },
    timeoutMs,
  )
})
