import { expect, test } from 'vitest'
import { linkLimits } from '../../shared/limits.ts'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import { createIceRestart } from './ice-restart.ts'

const setUp = () => {
  const clock = createFakeClock()
  const world = { isServerHere: true, restarts: 0 }
  const iceRestart = createIceRestart({
    clock,
    restart() {
      if (world.isServerHere) world.restarts++
      return world.isServerHere
    },
  })
  return { clock, world, iceRestart }
}

test('L6: a hiccup shorter than two seconds restarts nothing', async () => {
  const { clock, world, iceRestart } = setUp()
  iceRestart.stateChanged('disconnected')
  await clock.advance(linkLimits.iceRestartAfterMs - 1)
  iceRestart.stateChanged('connected')
  await clock.advance(60_000)
  expect(world.restarts).toBe(0)
  expect(clock.pendingTimers).toBe(0)
})

test('L6: two seconds after disconnected it restarts, and again until it helps', async () => {
  const { clock, world, iceRestart } = setUp()
  iceRestart.stateChanged('disconnected')
  await clock.advance(linkLimits.iceRestartAfterMs)
  expect(world.restarts).toBe(1)
  await clock.advance(5_000)
  expect(world.restarts).toBe(2)
  iceRestart.stateChanged('checking')
  iceRestart.stateChanged('connected')
  await clock.advance(60_000)
  expect(world.restarts).toBe(2)
})

test('L6: a change of network restarts at once', () => {
  const { world, iceRestart } = setUp()
  iceRestart.networkChanged()
  expect(world.restarts).toBe(1)
})

test('L6: without a server the restart is owed until it is back', () => {
  const { world, iceRestart } = setUp()
  world.isServerHere = false
  iceRestart.networkChanged()
  world.isServerHere = true
  iceRestart.serverCame()
  iceRestart.serverCame()
  expect(world.restarts).toBe(1)
})

test('L6: stopped, nothing is left behind', async () => {
  const { clock, world, iceRestart } = setUp()
  iceRestart.stateChanged('disconnected')
  iceRestart.stop()
  await clock.advance(60_000)
  expect(world.restarts).toBe(0)
})
