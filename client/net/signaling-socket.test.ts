import { expect, test } from 'vitest'
import type { DeviceId, Topic } from '../../shared/identifiers.ts'
import { linkLimits, socketLimits } from '../../shared/limits.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { closeCodes } from '../../shared/signaling-messages.ts'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import { createSeededRandom } from '../core/testing/seeded-random.ts'
import type { SessionProblem, SessionState } from './session.ts'
import { createSignalingSocket, type SignalingEvent } from './signaling-socket.ts'
import { createMemorySockets } from './testing/memory-socket.ts'

const topic = 't'.repeat(22) as Topic
const anna = 'A'.repeat(43) as DeviceId
const neverOpened = 1006

const setUp = () => {
  const clock = createFakeClock()
  const sockets = createMemorySockets()
  const events: SignalingEvent[] = []
  const diagnostics: string[] = []
  const server = {
    session: 'open' as SessionState,
    renewed: ok(undefined) as Result<void, SessionProblem>,
    renewals: 0,
    isSilent: false,
  }
  const socket = createSignalingSocket({
    url: 'ws://home/api/socket',
    topic,
    openSocket: sockets.open,
    readSession: () => (server.isSilent ? new Promise(() => undefined) : Promise.resolve(server.session)),
    renewSession: () => {
      server.renewals++
      return Promise.resolve(server.renewed)
    },
    clock,
    random: createSeededRandom(3),
    onEvent: (event) => events.push(event),
    onDiagnostic: (code, why) => diagnostics.push(`${code} ${why ?? ''}`.trim()),
  })
  return { clock, sockets, events, diagnostics, server, socket }
}
const connected = () => {
  const world = setUp()
  world.sockets.last.accept()
  world.sockets.last.say({ type: 'here', topic, peers: [anna] })
  return world
}

test('S1: it joins the topic, tells who is here, comes and goes, and carries boxes both ways', () => {
  const { sockets, events, socket } = connected()
  sockets.last.say({ type: 'gone', topic, peer: anna })
  sockets.last.say({ type: 'came', topic, peer: anna })
  sockets.last.say({ type: 'signal', from: anna, box: 'box' })
  expect(socket.signal(anna, 'xob')).toBe(true)
  expect(sockets.last.sent).toEqual([
    { type: 'join', topic },
    { type: 'signal', to: anna, box: 'xob' },
  ])
  expect(events).toEqual([
    { type: 'here', devices: [anna] },
    { type: 'gone', device: anna },
    { type: 'came', device: anna },
    { type: 'signal', from: anna, box: 'box' },
  ])
  expect(socket.status.get()).toBe('connected')
})

test('S1: what is said of a topic that is not ours is not for us', () => {
  const { sockets, events } = connected()
  sockets.last.say({ type: 'came', topic: 'o'.repeat(22), peer: anna })
  expect(events).toHaveLength(1)
})

test('S6: frames that are none of ours are noted and do no harm', () => {
  const { sockets, diagnostics, socket } = connected()
  sockets.last.say('{')
  sockets.last.say({ type: 'party' })
  sockets.last.say('')
  sockets.last.say('x'.repeat(socketLimits.maxFrameBytes + 1))
  expect(diagnostics.filter((line) => line.startsWith('badFrameFromServer'))).toHaveLength(4)
  expect(socket.status.get()).toBe('connected')
})

test('a lost server is called again, later each time, and at once when the page wakes', async () => {
  const { clock, sockets, socket, events } = connected()
  sockets.last.close(neverOpened)
  expect(events.at(-1)).toEqual({ type: 'lost' })
  expect(socket.status.get()).toBe('unreachable')
  expect(socket.signal(anna, 'box')).toBe(false)
  for (let failures = 0; failures < 10; failures++) {
    await clock.advance(linkLimits.redialMaxMs)
    sockets.last.close(neverOpened)
    await clock.settle()
  }
  const before = sockets.count
  await clock.advance(linkLimits.redialMaxMs / 2 - 1)
  expect(sockets.count).toBe(before)
  socket.wake()
  expect(sockets.count).toBe(before + 1)
  await clock.advance(linkLimits.redialMaxMs)
  expect(sockets.count).toBe(before + 1)
})

test('S7: after a restart the devices come back spread in time', async () => {
  const { clock, sockets } = connected()
  sockets.last.close(closeCodes.restarting)
  await clock.advance(socketLimits.restartSpreadMs)
  expect(sockets.count).toBe(2)
})

test('S2: refused for want of a session, it gets one and goes on', async () => {
  const { clock, sockets, server } = setUp()
  server.session = 'none'
  sockets.last.close(neverOpened)
  await clock.settle()
  expect(server.renewals).toBe(1)
  expect(sockets.count).toBe(2)
})

test('S2: signed out while open, it asks for a session again', async () => {
  const { clock, sockets, server } = connected()
  server.session = 'none'
  sockets.last.close(closeCodes.signedOut)
  await clock.settle()
  expect(server.renewals).toBe(1)
  expect(sockets.count).toBe(2)
})

test('S2: a session that is given and a socket that is refused all the same do not go round and round', async () => {
  const { clock, sockets, server } = setUp()
  server.session = 'none'
  for (let round = 0; round < 20; round++) {
    sockets.last.close(neverOpened)
    await clock.settle()
    if (clock.pendingTimers > 0) break
  }
  expect(sockets.count).toBe(2)
})

test('A3: a device the server will not have is refused, until the page wakes', async () => {
  const { clock, sockets, server, socket } = setUp()
  server.session = 'none'
  server.renewed = fail({ type: 'signedOut' })
  sockets.last.close(neverOpened)
  await clock.advance(60 * 60_000)
  expect(socket.status.get()).toBe('refused')
  expect(sockets.count).toBe(1)
  socket.wake()
  expect(sockets.count).toBe(2)
})

test('A6: told to wait, it waits as long as it was told', async () => {
  const { clock, sockets, server } = setUp()
  server.session = 'none'
  server.renewed = fail({ type: 'tooManyTries', retryAfterSeconds: 42 })
  sockets.last.close(neverOpened)
  await clock.advance(41_999)
  expect(sockets.count).toBe(1)
  await clock.advance(1)
  expect(sockets.count).toBe(2)
})

test('S5: it pings, and a socket that does not answer is left', async () => {
  const { clock, sockets, diagnostics } = connected()
  const first = sockets.last
  const cycleMs = socketLimits.pingIntervalMs + socketLimits.pingJitterMs
  await clock.advance(cycleMs)
  expect(first.sent.at(-1)).toEqual({ type: 'ping' })
  first.say({ type: 'pong' })
  await clock.advance(socketLimits.pongTimeoutMs)
  expect(first.isHungUp).toBe(false)
  await clock.advance(cycleMs + socketLimits.pongTimeoutMs)
  expect(first.isHungUp).toBe(true)
  expect(diagnostics).toContain(`socketClosed ${closeCodes.noPong}`)
})

test('S5: a page that wakes does not wait for the next ping to see that its socket is dead', async () => {
  const { clock, sockets, socket } = connected()
  const first = sockets.last
  socket.wake()
  socket.wake()
  expect(first.sent.filter((message) => JSON.stringify(message).includes('ping'))).toHaveLength(1)
  await clock.advance(socketLimits.pongTimeoutMs)
  expect(first.isHungUp).toBe(true)
})

test('two pages of one device do not take the place from each other for ever', async () => {
  const { clock, sockets } = connected()
  sockets.last.close(closeCodes.replaced)
  await clock.advance(linkLimits.redialMaxMs - 1)
  expect(sockets.count).toBe(1)
})

test('paused it hangs up and wakes again; closed it leaves nothing behind', () => {
  const { clock, sockets, socket, events } = connected()
  const first = sockets.last
  socket.pause()
  expect(first.isHungUp).toBe(true)
  expect(events.at(-1)).toEqual({ type: 'lost' })
  socket.wake()
  expect(sockets.count).toBe(2)
  sockets.last.accept()
  socket.close()
  socket.wake()
  expect(sockets.count).toBe(2)
  expect(clock.pendingTimers).toBe(0)
})

test('closed while it finds out why it was refused, it does not call again', async () => {
  const { clock, sockets, socket, server } = setUp()
  server.session = 'none'
  sockets.last.close(neverOpened)
  socket.close()
  await clock.settle()
  expect(sockets.count).toBe(1)
  expect(server.renewals).toBe(0)
})

test('L6: a socket that is doubted since a Link has lost its way is asked, and not waited for long', async () => {
  const { clock, sockets, socket } = connected()
  const first = sockets.last
  socket.wake()
  socket.doubt()
  socket.doubt()
  expect(first.sent.filter((message) => JSON.stringify(message).includes('ping'))).toHaveLength(1)
  await clock.advance(3_000)
  expect(first.isHungUp).toBe(true)
  await clock.advance(1_000)
  expect(sockets.count).toBe(2)
})

test('L6: a doubted socket that answers stays', async () => {
  const { clock, sockets, socket } = connected()
  socket.doubt()
  sockets.last.say({ type: 'pong' })
  await clock.advance(socketLimits.pongTimeoutMs)
  expect(sockets.last.isHungUp).toBe(false)
  expect(socket.status.get()).toBe('connected')
})

test('C5: while somebody may wait, tries that hang are given up, and the next comes within a second', async () => {
  const { clock, sockets, socket } = connected()
  socket.doubt()
  await clock.advance(3_000)
  for (let seconds = 0; seconds < 40; seconds++) await clock.advance(1_000)
  expect(sockets.count).toBeGreaterThan(1 + 40 / 4)
  const hanging = sockets.last
  await clock.advance(60_000)
  const patient = sockets.count
  expect(hanging.isHungUp).toBe(true)
  // The hurry is over: what hangs now is left to the browser.
  await clock.advance(10 * 60_000)
  expect(sockets.count).toBe(patient)
})

test('C5: a line that was quick gets quick tries after a blackout, and now and then a patient one', async () => {
  const { clock, sockets, socket } = connected()
  socket.doubt()
  await clock.advance(3_000)
  const lasted: number[] = []
  let [count, sinceMs] = [sockets.count, clock.now()]
  for (let step = 0; step < 200; step++) {
    await clock.advance(50)
    if (sockets.count === count) continue
    lasted.push(clock.now() - sinceMs)
    count = sockets.count
    sinceMs = clock.now()
  }
  const hanging = lasted.slice(1) // the first was the wait
  expect(hanging.filter((ms) => ms <= 800).length).toBeGreaterThan(hanging.length / 2)
  expect(hanging.some((ms) => ms >= 3_000)).toBe(true)
})

test('C5: a try that hangs already, or a long wait, is cut short by doubt', async () => {
  const { clock, sockets, socket } = setUp()
  socket.doubt()
  await clock.advance(4_000)
  expect(sockets.count).toBe(2)

  const waiting = connected()
  waiting.sockets.last.close(neverOpened)
  for (let failures = 0; failures < 10; failures++) {
    await waiting.clock.advance(linkLimits.redialMaxMs)
    waiting.sockets.last.close(neverOpened)
    await waiting.clock.settle()
  }
  const before = waiting.sockets.count
  waiting.socket.doubt()
  await waiting.clock.advance(1_000)
  expect(waiting.sockets.count).toBe(before + 1)
})

test('C5: a question about the session that hangs does not hold up the next try', async () => {
  const { clock, sockets, server, socket } = connected()
  server.isSilent = true
  socket.doubt()
  await clock.advance(4_000)
  sockets.last.close(neverOpened)
  const before = sockets.count
  await clock.advance(4_000)
  expect(sockets.count).toBeGreaterThan(before)
  socket.close()
  expect(clock.pendingTimers).toBe(0)
})

test('A6: told to wait, it waits in a hurry too', async () => {
  const { clock, sockets, server, socket } = setUp()
  server.session = 'none'
  server.renewed = fail({ type: 'tooManyTries', retryAfterSeconds: 42 })
  sockets.last.close(neverOpened)
  await clock.settle()
  socket.doubt()
  await clock.advance(41_999)
  expect(sockets.count).toBe(1)
})
