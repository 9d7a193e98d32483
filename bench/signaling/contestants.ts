import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { socketPath } from '../../shared/session.ts'
import { sessionKeyOf } from '../../signaling/auth/secrets.ts'
import { migrate, openFile } from '../../signaling/data/sqlite/database.ts'
import type { Usage } from './probe.ts'
import { openRawSocket, textFrame, type RawSocket } from './raw-socket.ts'

/** One end of a pair: its socket, and the frame that reaches the other end. */
export interface End {
  socket: RawSocket
  toOther: Buffer
}

/** A server in a process of its own, and how its clients come to talk in pairs. */
export interface Contestant {
  cpuMs(): Promise<number>
  rssBytes(): Promise<number>
  openPair(): Promise<[End, End]>
  stop(): void
}

/** What a sealed introduction with a typical SDP comes to. */
const box = randomBytes(1_050).toString('base64url')
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

interface Started {
  child: ChildProcess
  port: number
}

const start = async (file: string, environment: Record<string, string>, port?: number): Promise<Started> => {
  const child = fork(file, {
    execArgv: ['--expose-gc', '--import', tsx, '--import', pathToFileURL(beside('probe.ts')).href],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (port !== undefined) {
    await once(child.stdout ?? child, 'data')
    return { child, port }
  }
  const [ready] = (await once(child, 'message')) as [{ port: number }]
  return { child, port: ready.port }
}

const ask = async ({ child }: Started, wish: 'cpu' | 'rss'): Promise<Usage> => {
  const answer = once(child, 'message')
  child.send(wish)
  const [usage] = (await answer) as [Usage]
  return usage
}

const measuresOf = (started: Started): Pick<Contestant, 'cpuMs' | 'rssBytes'> => ({
  cpuMs: async () => (await ask(started, 'cpu')).cpuMs,
  rssBytes: async () => (await ask(started, 'rss')).rssBytes,
})

export const startForwarder = async (): Promise<Contestant> => {
  const started = await start(beside('forwarder.ts'), {})
  const toOther = textFrame(JSON.stringify({ type: 'signal', to: randomId(), box }))
  const open = async (): Promise<End> => ({ socket: await openRawSocket(started.port, '/', {}), toOther })
  return {
    ...measuresOf(started),
    openPair: async () => [await open(), await open()],
    stop: () => void started.child.kill(),
  }
}

export const startPeer = async (): Promise<Contestant> => {
  const port = await freePort()
  const file = beside('../../node_modules/y-webrtc/bin/server.js')
  const started = await start(file, { PORT: String(port) }, port)
  // A topic for each direction: it sends to everybody in a topic, and would send twice as much with one for both.
  const open = async (own: string, other: string): Promise<End> => {
    const socket = await openRawSocket(port, '/', {})
    socket.write(textFrame(JSON.stringify({ type: 'subscribe', topics: [own] })))
    socket.write(textFrame(JSON.stringify({ type: 'ping' })))
    await socket.nextText()
    return { socket, toOther: textFrame(JSON.stringify({ type: 'publish', topic: other, box })) }
  }
  return {
    ...measuresOf(started),
    openPair: async () => {
      const [first, second] = [randomId(), randomId()]
      return [await open(first, second), await open(second, first)]
    },
    stop: () => void started.child.kill(),
  }
}

/** `deviceCount` sessions are put into its data folder beforehand, one a device. */
export const startHearth = async (deviceCount: number): Promise<Contestant> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'))
  const visitors = Array.from({ length: deviceCount }, () => ({ device: randomId(), token: randomId() }))
  putIn(join(folder, 'hearth.db'), visitors)
  const started = await start(beside('hearth-server.ts'), { HEARTH_DATA: folder })
  const { port } = started
  const open = async (token: string, other: string, topic: string): Promise<End> => {
    const headers = { Origin: `http://localhost:${port}`, Cookie: `hearth-localhost=${token}` }
    const socket = await openRawSocket(port, socketPath, headers)
    socket.write(textFrame(JSON.stringify({ type: 'join', topic })))
    await socket.nextText()
    return { socket, toOther: textFrame(JSON.stringify({ type: 'signal', to: other, box })) }
  }
  return {
    ...measuresOf(started),
    openPair: async () => {
      const [first, second] = [visitors.pop(), visitors.pop()]
      if (!first || !second) throw new Error('no sessions left')
      const topic = randomBytes(16).toString('base64url')
      const ends: [End, End] = [
        await open(first.token, second.device, topic),
        await open(second.token, first.device, topic),
      ]
      // The first hears that the second came; what follows are signals only.
      await ends[0].socket.nextText()
      return ends
    },
    stop: () => {
      started.child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Somebody with many devices, each with a session: coming in is not what is measured here. */
const putIn = (file: string, visitors: readonly { device: string; token: string }[]): void => {
  const database = openFile(file)
  migrate(database)
  database.exec('BEGIN')
  database.exec(
    `INSERT INTO accounts VALUES ('${randomId()}', 'k', 'm', 'Ada', 'ada', 'o', 'r', 's', NULL, NULL, 'owner', 0, 0, NULL)`,
  )
  const addDevice = database.prepare(
    `INSERT INTO devices SELECT ?, account, 'c', 'a device', 0, 0, 1 FROM accounts`,
  )
  const addSession = database.prepare('INSERT INTO sessions VALUES (?, ?, ?)')
  for (const { device, token } of visitors) {
    addDevice.run(device)
    addSession.run(sessionKeyOf(token), device, Date.now())
  }
  database.exec('COMMIT')
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

const randomId = (): string => randomBytes(32).toString('base64url')

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
