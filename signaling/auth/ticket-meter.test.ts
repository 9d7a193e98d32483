import { afterAll, beforeAll, expect, test } from 'vitest'
import { recoveryStartPath } from '../../shared/recovery.ts'
import { challengePath } from '../../shared/session.ts'
import { randomDevice, startTestServer, type TestServer } from '../testing/test-server.ts'
import { createTicketMeter } from './ticket-meter.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ limits: { ticketBurst: 3, ticketsPerSecond: 0.01 } })
})
afterAll(() => server.close())

test('A6: whoever has proved nothing gets no end of tickets, by either way, and is told when to come back', async () => {
  const key = randomDevice()
  const ask = (path: string) =>
    server.post(path, path === challengePath ? { device: key } : { identityKey: key })
  const paths = [challengePath, challengePath, challengePath, challengePath]
  const answers = []
  for (const path of paths) answers.push(await ask(path))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
  expect(answers[3]?.body).toMatchObject({ problem: 'tooManyTries' })
  expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask(recoveryStartPath)).status).toBe(429)
})

test('A6: each network has tickets of its own, and gets new ones with time', () => {
  let now = 0
  const meter = createTicketMeter({ limits: { ticketsPerSecond: 1, ticketBurst: 2 }, now: () => now })
  expect([1, 2, 3].map(() => meter.take('2001:db8::1'))).toEqual([0, 0, 1_000])
  expect(meter.take('2001:db8::2')).toBe(1_000)
  expect(meter.take('192.0.2.1')).toBe(0)
  now = 1_000
  expect(meter.take('2001:db8::1')).toBe(0)
})
