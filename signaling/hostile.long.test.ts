import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect as connectTcp, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { socketPath } from '../shared/session.ts'
import { closeCodes } from '../shared/signaling-messages.ts'
import { clientFor, newFolder, randomTopic, startTestServer, type TestClient } from './testing/test-server.ts'
import { startServerProcess } from './testing/server-process.ts'
import { connect, refusal, type TestSocket } from './testing/test-socket.ts'

/** Everything a stranger or a broken device can do to the server, while two honest ones go on talking. */
let child: ChildProcess
let server: TestClient
let ada: TestSocket
let ben: TestSocket
let heapBefore = 0

interface Counts {
  sockets: number
  topics: number
  heapBytes: number
}

beforeAll(async () => {
  const clientFolder = await newFolder()
  await writeFile(join(clientFolder, 'index.html'), '<!doctype html>')
  const started = await startServerProcess(await newFolder(), clientFolder)
  child = started.child
  server = clientFor(started.port, started.ownerLink)
  ada = await connect(server)
  ben = await connect(server)
  const topic = randomTopic()
  for (const device of [ada, ben]) {
    device.say({ type: 'join', topic })
    await device.next('here')
  }
  heapBefore = (await counts()).heapBytes
}, 30_000)

afterAll(() => child.kill())

const counts = async (): Promise<Counts> => {
  child.send('counts')
  const [answer] = (await once(child, 'message')) as [Counts]
  return answer
}

/** The honest pair talks, both ways. */
const othersDoNotNotice = async (): Promise<void> => {
  const box = randomBytes(200).toString('base64url')
  ada.say({ type: 'signal', to: ben.device, box })
  expect((await ben.next('signal')).box).toBe(box)
  ben.say({ type: 'signal', to: ada.device, box })
  expect((await ada.next('signal')).box).toBe(box)
}

const openTcp = async (text: string | Buffer, to: TestClient = server): Promise<Socket> => {
  const socket = connectTcp({ port: to.httpPort, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

/** What came back by the time the server hung up. */
const untilClosed = async (socket: Socket): Promise<string> => {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

const upgrade = (server: TestClient, cookie: string): string =>
  [
    `GET ${socketPath} HTTP/1.1`,
    `Host: localhost:${server.httpPort}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Origin: ${server.origin}`,
    `Cookie: ${cookie}`,
    '\r\n',
  ].join('\r\n')

test('S2: 100 without a cookie, and 100 from a foreign page', async () => {
  const { cookie } = await server.signIn()
  const strangers = Array.from({ length: 100 }, () => refusal(server, { origin: server.origin }))
  const foreign = Array.from({ length: 100 }, () =>
    refusal(server, { origin: 'https://evil.example', cookie }),
  )
  expect(new Set(await Promise.all(strangers))).toEqual(new Set([401]))
  expect(new Set(await Promise.all(foreign))).toEqual(new Set([403]))
  await othersDoNotNotice()
}, 20_000)

test.each([
  ['{', closeCodes.badFrame],
  [Buffer.from([0, 1, 2]), closeCodes.badFrame],
  ['x'.repeat(10 * 1024 * 1024), closeCodes.tooLarge],
  [JSON.stringify({ type: 'signal', to: 'x', box: 'y' }), closeCodes.badFrame],
  ['['.repeat(60_000), closeCodes.badFrame],
])('S6: a bad frame (%#) costs its sender the socket', async (frame, code) => {
  const eve = await connect(server)
  eve.socket.send(frame)
  expect((await eve.closed).code).toBe(code)
  await othersDoNotNotice()
})

test('S5: 10,000 topics are cut off after the burst, and none is left', async () => {
  const eve = await connect(server)
  for (let count = 0; count < 10_000; count++) eve.say({ type: 'join', topic: randomTopic() })
  expect((await eve.closed).code).toBe(closeCodes.tooFast)
  await othersDoNotNotice()
  expect((await counts()).topics).toBe(1)
})

test('S5: one that does not read is closed once 1 MiB waits for it', async () => {
  const [eve, mallory] = [await connect(server), await connect(server)]
  const topic = randomTopic()
  for (const device of [eve, mallory]) {
    device.say({ type: 'join', topic })
    await device.next('here')
  }
  mallory.socket.pause()
  const box = 'A'.repeat(59_000)
  for (let count = 0; count < 190; count++) eve.say({ type: 'signal', to: mallory.device, box })
  // Taken out of the topic with its socket: the others hear it go.
  expect((await eve.next('gone')).peer).toBe(mallory.device)
  mallory.socket.terminate()
  eve.socket.close()
  await othersDoNotNotice()
}, 20_000)

test('S5: a frame that never ends is closed, as its sender answers no pings', async () => {
  const quick = await startTestServer({ limits: { pingIntervalMs: 50, pingJitterMs: 5 } })
  const { cookie } = await quick.signIn()
  const socket = await openTcp(upgrade(quick, cookie), quick)
  await once(socket, 'data')
  // A text frame of 60,000 bytes is announced, and a few come.
  socket.write(Buffer.from([0x81, 0xfe, 0xea, 0x60, 1, 2, 3, 4, 5, 6, 7]))
  expect(await untilClosed(socket)).toContain('no answer to pings')
  await quick.close()
  expect(quick.counts().sockets).toBe(0)
}, 20_000)

test('a request that never ends is told so', async () => {
  const quick = await startTestServer({ limits: { headersTimeoutMs: 300, requestTimeoutMs: 600 } })
  const beginnings = Array.from({ length: 50 }, () => openTcp('GET / HTTP/1.1\r\nHost: local', quick))
  const answers = await Promise.all((await Promise.all(beginnings)).map(untilClosed))
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408/)
  const head = 'POST /api/session HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n'
  await untilClosed(await openTcp(`${head}Content-Length: 100\r\n\r\n{"code"`, quick))
  await quick.close()
  await othersDoNotNotice()
}, 30_000)

test.each([
  ['noise', randomBytes(2_000)],
  ['no HTTP', Buffer.from('\x16\x03\x01 hello\r\n\r\n')],
  ['huge headers', Buffer.from(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)],
  [
    'two lengths',
    Buffer.from('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'),
  ],
])('HTTP that is none (%s) is refused', async (_, bytes) => {
  expect(await untilClosed(await openTcp(bytes))).toMatch(/^HTTP\/1\.1 4\d\d/)
  await othersDoNotNotice()
})

test('1,000 sockets come and go; nothing of them is left', async () => {
  const { sockets } = await counts()
  expect(sockets).toBe(2)
  const crowd: TestSocket[] = []
  for (let batch = 0; batch < 125; batch++) {
    const session = await server.signIn()
    const sockets = await Promise.all(Array.from({ length: 8 }, () => connect(server, { session })))
    for (const socket of sockets) socket.say({ type: 'join', topic: randomTopic() })
    await Promise.all(sockets.map((socket) => socket.next('here')))
    crowd.push(...sockets)
  }
  expect(await counts()).toMatchObject({ sockets: 1_002, topics: 1_001 })
  await othersDoNotNotice()
  for (const { socket } of crowd) socket.close()
  await Promise.all(crowd.map(({ closed }) => closed))
  await othersDoNotNotice()
  const after = await counts()
  expect(after).toMatchObject({ sockets: 2, topics: 1 })
  // 1,000 sockets took some 10 MB; what is left is sessions and compiled code.
  expect(after.heapBytes - heapBefore).toBeLessThan(8 * 1024 * 1024)
}, 60_000)
