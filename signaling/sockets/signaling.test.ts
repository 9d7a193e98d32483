import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { socketLimits } from '../../shared/limits.ts'
import { readRestartReason } from '../../shared/restart-reason.ts'
import { sessionPath, socketPath } from '../../shared/session.ts'
import { closeCodes } from '../../shared/signaling-messages.ts'
import { randomDevice, randomTopic, startTestServer, type TestServer } from '../testing/test-server.ts'
import { connect, refusal } from '../testing/test-socket.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const topic = randomTopic()

describe('who may open a socket', () => {
  test('S2: without a session, 401 before any frame', async () => {
    expect(await refusal(server, { origin: server.origin })).toBe(401)
  })

  test('S2: with a session that was made up, 401', async () => {
    const cookie = `hearth-localhost=${randomDevice()}`
    expect(await refusal(server, { origin: server.origin, cookie })).toBe(401)
  })

  test.each([
    ['another site', 'https://example.org'],
    ['another port', 'http://localhost:1'],
    ['another scheme', (origin: string) => origin.replace('http', 'https')],
    ['an opaque origin', 'null'],
  ])('S2: from %s, 403', async (_, from) => {
    const { cookie } = await server.signIn()
    const origin = typeof from === 'string' ? from : from(server.origin)
    expect(await refusal(server, { origin, cookie })).toBe(403)
  })

  test('S2: without an Origin, 403', async () => {
    const { cookie } = await server.signIn()
    expect(await refusal(server, { cookie })).toBe(403)
  })

  test('S2: plain HTTP cannot open one by asking without an upgrade', async () => {
    expect((await server.fetch(socketPath)).status).toBe(404)
  })
})

describe('meeting in a topic', () => {
  test('S1: a newcomer hears who is here, the others hear that it came, and that it went', async () => {
    const ada = await connect(server)
    ada.say({ type: 'join', topic })
    expect(await ada.next('here')).toEqual({ type: 'here', topic, peers: [] })
    const ben = await connect(server)
    ben.say({ type: 'join', topic })
    expect(await ben.next('here')).toEqual({ type: 'here', topic, peers: [ada.device] })
    expect(await ada.next('came')).toEqual({ type: 'came', topic, peer: ben.device })
    ben.socket.close()
    expect(await ada.next('gone')).toEqual({ type: 'gone', topic, peer: ben.device })
  })

  test('S1: joining again answers who is here and tells nobody', async () => {
    const ada = await connect(server)
    const ben = await connect(server)
    for (const device of [ada, ben, ben]) device.say({ type: 'join', topic })
    await ben.next('here')
    await ben.next('here')
    await ada.next('came')
    await ada.settled()
    expect(ada.unread.filter(({ type }) => type === 'came' || type === 'gone')).toEqual([])
  })

  test('S1: a signal goes to the one it names, and to nobody else', async () => {
    const [ada, ben, eve] = [await connect(server), await connect(server), await connect(server)]
    for (const device of [ada, ben, eve]) {
      device.say({ type: 'join', topic })
      await device.next('here')
    }
    ada.say({ type: 'signal', to: ben.device, box: 'sealed' })
    expect(await ben.next('signal')).toEqual({ type: 'signal', from: ada.device, box: 'sealed' })
    await eve.settled()
    expect(eve.unread.map(({ type }) => type)).not.toContain('signal')
  })

  test('S1: a signal to a device that shares no topic is answered, not delivered', async () => {
    const ada = await connect(server)
    const ben = await connect(server)
    ada.say({ type: 'join', topic })
    ben.say({ type: 'join', topic: randomTopic() })
    await ben.next('here')
    ada.say({ type: 'signal', to: ben.device, box: 'sealed' })
    expect(await ada.next('error')).toEqual({ type: 'error', code: 'peerNotHere', peer: ben.device })
    await ben.settled()
    expect(ben.unread).toEqual([])
  })

  test('S1: nor to itself', async () => {
    const ada = await connect(server)
    ada.say({ type: 'join', topic })
    ada.say({ type: 'signal', to: ada.device, box: 'sealed' })
    expect((await ada.next('error')).code).toBe('peerNotHere')
  })

  test('S1: the newest socket of a device takes its place; the others hear it go and come', async () => {
    const ada = await connect(server)
    ada.say({ type: 'join', topic })
    await ada.next('here')
    const before = await connect(server)
    before.say({ type: 'join', topic })
    await ada.next('came')
    const after = await connect(server, { session: before })
    after.say({ type: 'join', topic })
    expect((await before.closed).code).toBe(closeCodes.replaced)
    expect((await ada.next('gone')).peer).toBe(before.device)
    expect((await ada.next('came')).peer).toBe(before.device)
    await ada.settled()
    expect(ada.unread).toEqual([])
    ada.say({ type: 'signal', to: before.device, box: 'sealed' })
    expect((await after.next('signal')).box).toBe('sealed')
  })

  test('S3: a topic is gone with the last who was in it', async () => {
    const ada = await connect(server)
    ada.say({ type: 'join', topic })
    await ada.next('here')
    expect(server.counts().topics).toBe(1)
    ada.socket.close()
    await ada.closed
    expect(server.counts()).toMatchObject({ sockets: 0, topics: 0 })
  })
})

describe('limits', () => {
  test('S5: the 65th topic is refused, the 64 stay', async () => {
    const ada = await connect(server)
    for (let count = 0; count <= socketLimits.maxTopics; count++)
      ada.say({ type: 'join', topic: randomTopic() })
    expect((await ada.next('error')).code).toBe('tooManyTopics')
    expect(server.counts().topics).toBe(socketLimits.maxTopics)
  })

  test('S5: the ninth socket of a device is closed, the eight stay', async () => {
    const session = await server.signIn()
    const open = []
    for (let count = 0; count < socketLimits.maxSocketsPerDevice; count++) {
      open.push(await connect(server, { session }))
    }
    const ninth = await connect(server, { session })
    expect((await ninth.closed).code).toBe(closeCodes.tooManySockets)
    for (const socket of open) await socket.settled()
    open[0]!.socket.close()
    await open[0]!.closed
    await (await connect(server, { session })).settled()
  })

  test('S5: more than the burst at once is closed', async () => {
    const ada = await connect(server)
    for (let count = 0; count <= socketLimits.messageBurst + 30; count++) ada.say({ type: 'ping' })
    expect((await ada.closed).code).toBe(closeCodes.tooFast)
  })

  test('S5: WebSocket pings count as messages, or they were a flood without a limit', async () => {
    const ada = await connect(server)
    for (let count = 0; count <= socketLimits.messageBurst + 30; count++) ada.socket.ping()
    expect((await ada.closed).code).toBe(closeCodes.tooFast)
  })

  test('S5: a frame over 64 KiB is closed as too large', async () => {
    const ada = await connect(server)
    ada.socket.send('x'.repeat(socketLimits.maxFrameBytes + 1))
    expect((await ada.closed).code).toBe(closeCodes.tooLarge)
  })

  test.each([
    ['{', 'not JSON'],
    ['', 'not JSON'],
    ['null', 'not a message'],
    ['[]', 'not a message'],
    ['{"type":"join"}', 'not a message'],
    ['{"type":"join","topic":"short"}', 'not a message'],
    ['{"type":"join","topic":"AAAAAAAAAAAAAAAAAAAAAA","more":1}', 'not a message'],
    ['{"type":"publish","topic":"AAAAAAAAAAAAAAAAAAAAAA"}', 'not a message'],
    ['{"type":"__proto__"}', 'not a message'],
  ])('S6: %s closes the socket with a code and a reason', async (frame, reason) => {
    const ada = await connect(server)
    ada.socket.send(frame)
    expect(await ada.closed).toEqual({ code: closeCodes.badFrame, reason })
  })

  test('S6: so does a binary frame', async () => {
    const ada = await connect(server)
    ada.socket.send(Buffer.from('{"type":"ping"}'))
    expect(await ada.closed).toEqual({ code: closeCodes.badFrame, reason: 'text frames only' })
  })

  test('S6: and text that is no UTF-8, by the protocol’s own code', async () => {
    const ada = await connect(server)
    ada.socket.send(Buffer.from([0xff, 0xfe]), { binary: false })
    expect((await ada.closed).code).toBe(1007)
  })
})

describe('liveness and leaving', () => {
  test('S5: one that does not answer pings is closed; one that does stays', async () => {
    const quick = await startTestServer({ limits: { pingIntervalMs: 20, pingJitterMs: 5 } })
    const alive = await connect(quick)
    const dead = await connect(quick, { answersPings: false })
    expect((await dead.closed).code).toBe(closeCodes.noPong)
    await alive.settled()
    await quick.close()
  })

  test('A7: ending a session closes its sockets, and only its', async () => {
    const session = await server.signIn()
    const ada = await connect(server, { session })
    const other = await connect(server)
    expect((await server.send('DELETE', sessionPath, undefined, session.cookie)).status).toBe(200)
    expect((await ada.closed).code).toBe(closeCodes.signedOut)
    await other.settled()
    expect(await refusal(server, { origin: server.origin, cookie: session.cookie })).toBe(401)
  })

  test('S7: closing the server tells each a wait of its own', async () => {
    const leaving = await startTestServer()
    const sockets = await Promise.all([connect(leaving), connect(leaving), connect(leaving)])
    await leaving.close()
    for (const { closed } of sockets) {
      const { code, reason } = await closed
      expect(code).toBe(closeCodes.restarting)
      expect(readRestartReason(reason)).toBeTypeOf('number')
    }
  })
})
