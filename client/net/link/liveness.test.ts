import { expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import { createFakeClock } from '../../core/testing/fake-clock.ts'
import { createLiveness, type LinkHealth } from './liveness.ts'

const { pingIntervalMs, deadAfterMs } = linkLimits

const createWatch = (answerAfterMs?: number) => {
  const clock = createFakeClock(0)
  const pings: number[] = []
  const health: LinkHealth[] = []
  const state = { diedAt: undefined as number | undefined, answerAfterMs }
  const liveness = createLiveness({
    clock,
    sendPing(number) {
      pings.push(number)
      if (state.answerAfterMs === undefined) return
      clock.setTimer(() => {
        liveness.heard()
        liveness.answered(number)
      }, state.answerAfterMs)
    },
    onHealth: (value) => health.push(value),
    onDead: () => {
      state.diedAt = clock.now()
    },
  })
  liveness.start()
  return { clock, pings, health, state, liveness }
}

test('L6: a ping at once and each 5 s, and the round trip from its answer', async () => {
  const { clock, pings, health, state } = createWatch(40)
  await clock.advance(60_000)
  expect(pings).toHaveLength(1 + 60_000 / pingIntervalMs)
  expect(health.at(-1)).toEqual({ status: 'ok', roundTripMs: 40 })
  expect(state.diedAt).toBeUndefined()
})

test('L6: dead after 15 s without an answer, silent before that', async () => {
  const { clock, health, state } = createWatch()
  await clock.advance(deadAfterMs - 1)
  expect(state.diedAt).toBeUndefined()
  expect(health.at(-1)?.status).toBe('silent')
  await clock.advance(1)
  expect(state.diedAt).toBe(deadAfterMs)
  await clock.advance(60_000)
  expect(clock.pendingTimers).toBe(0)
})

test('C5: dead only after 30 s while a call waits for it; at the next look once that is over', async () => {
  for (const isWaitedFor of [30_000, 17_000]) {
    const clock = createFakeClock(0)
    let diedAt: number | undefined
    const liveness = createLiveness({
      clock,
      sendPing: () => undefined,
      onHealth: () => undefined,
      onDead: () => {
        diedAt = clock.now()
      },
      isAwaited: () => clock.now() <= isWaitedFor,
    })
    liveness.start()
    await clock.advance(60_000)
    expect(diedAt).toBe(isWaitedFor === 30_000 ? 30_000 : 20_000)
  }
})

test('L6: silence says how long it has lasted, and ends with the first word', async () => {
  const { clock, health, state, liveness } = createWatch(40)
  await clock.advance(100)
  state.answerAfterMs = undefined
  await clock.advance(12_000)
  expect(health.at(-1)).toEqual({ status: 'silent', silentForMs: 9_960, roundTripMs: 40 })
  liveness.heard()
  expect(health.at(-1)).toEqual({ status: 'ok', roundTripMs: 40 })
})

test('L6: anything heard is a sign of life, answered or not', async () => {
  const { clock, state, liveness } = createWatch()
  for (let i = 0; i < 20; i++) {
    await clock.advance(4_000)
    liveness.heard()
  }
  expect(state.diedAt).toBeUndefined()
})

test('L6: an answer to an older ping measures nothing', async () => {
  const { clock, health, liveness, pings } = createWatch()
  await clock.advance(pingIntervalMs + 1)
  liveness.answered(pings[0]!)
  expect(health.filter(({ status }) => status === 'ok')).toEqual([])
})

test('L6: a night asleep kills nothing: the others are asked first, and given their time', async () => {
  const { clock, state, pings } = createWatch(40)
  await clock.advance(12_000)
  state.answerAfterMs = undefined // what was answered while asleep is lost
  await clock.advance(11_000)
  const asked = pings.length
  await clock.sleep(8 * 3_600_000)
  expect(state.diedAt).toBeUndefined()
  expect(pings.length).toBe(asked + 1)
  await clock.advance(deadAfterMs - 1)
  expect(state.diedAt).toBeUndefined()
  await clock.advance(1)
  expect(state.diedAt).toBeDefined()
})

test('L6: who was silent before we slept is well again with the first word after', async () => {
  const { clock, health, liveness } = createWatch()
  await clock.advance(6_000)
  await clock.sleep(3_600_000)
  expect(health.at(-1)?.status).toBe('silent')
  liveness.heard()
  expect(health.at(-1)).toEqual({ status: 'ok' })
})

test('L6: a tab whose timers run once a minute keeps a healthy Link', async () => {
  const { clock, state } = createWatch(40)
  for (let minute = 0; minute < 30; minute++) await clock.sleep(60_000)
  expect(state.diedAt).toBeUndefined()
})

test('L6: even there a dead Link is found out', async () => {
  const { clock, state } = createWatch()
  for (let minute = 0; minute < 5; minute++) await clock.sleep(60_000)
  expect(state.diedAt).toBeDefined()
})

test('stopped, it is still', async () => {
  const { clock, state, pings, liveness } = createWatch()
  liveness.stop()
  await clock.advance(60_000)
  expect(pings).toHaveLength(1)
  expect(state.diedAt).toBeUndefined()
})
