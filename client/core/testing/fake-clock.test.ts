import { expect, test } from 'vitest'
import { createFakeClock } from './fake-clock.ts'

test('timers run in the order in which they fall due, at their time', async () => {
  const clock = createFakeClock(0)
  const ran: string[] = []
  clock.setTimer(() => ran.push(`b at ${String(clock.now())}`), 20)
  clock.setTimer(() => ran.push(`a at ${String(clock.now())}`), 10)
  clock.clearTimer(clock.setTimer(() => ran.push('never'), 15))
  await clock.advance(15)
  expect(ran).toEqual(['a at 10'])
  await clock.advance(15)
  expect(ran).toEqual(['a at 10', 'b at 20'])
  expect(clock.now()).toBe(30)
  expect(clock.pendingTimers).toBe(0)
})

test('a timer set by a timer, or after WebCrypto within one, still runs in its turn', async () => {
  const clock = createFakeClock(0)
  const ran: number[] = []
  clock.setTimer(() => {
    void crypto.subtle.digest('SHA-256', new Uint8Array(1_000_000)).then(() => {
      clock.setTimer(() => ran.push(clock.now()), 5)
    })
  }, 10)
  await clock.advance(100)
  expect(ran).toEqual([15])
})

test('sleep runs due timers late, as after a night', async () => {
  const clock = createFakeClock(0)
  const ran: number[] = []
  clock.setTimer(() => ran.push(clock.now()), 10)
  await clock.sleep(60_000)
  expect(ran).toEqual([60_000])
})
