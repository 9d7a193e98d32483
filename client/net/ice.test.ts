import { expect, test } from 'vitest'
import type { IceAnswer } from '../../shared/ice.ts'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import { createIceSource } from './ice.ts'

const stun = { urls: ['stun:home.example:3478'] }
const relay = { urls: ['turn:home.example:3478?transport=udp'], username: '1:a', credential: 'secret' }
const minuteMs = 60_000
const hourMs = 60 * minuteMs

const setUp = (validForMs = hourMs) => {
  const clock = createFakeClock()
  const world: { answer: IceAnswer | undefined; asked: number } = {
    answer: { iceServers: [stun], validForMs },
    asked: 0,
  }
  const ice = createIceSource(() => {
    world.asked++
    return Promise.resolve(world.answer)
  }, clock)
  return { clock, world, ice }
}

test('S8: the servers are asked for once, and again before their credentials end', async () => {
  const { clock, world, ice } = setUp()
  expect(await Promise.all([ice.servers(), ice.servers()])).toEqual([[stun], [stun]])
  await clock.advance(50 * minuteMs)
  await ice.servers()
  expect(world.asked).toBe(1)
  await clock.advance(6 * minuteMs)
  await ice.servers()
  expect(world.asked).toBe(2)
})

test('S8: credentials of a minute are renewed in their last fifth', async () => {
  const { clock, world, ice } = setUp(minuteMs)
  await ice.servers()
  await clock.advance(47_000)
  await ice.servers()
  expect(world.asked).toBe(1)
  await clock.advance(2_000)
  await ice.servers()
  expect(world.asked).toBe(2)
})

test('S8: while the server is away those known before serve on, or none', async () => {
  const { clock, world, ice } = setUp()
  const { answer } = world
  world.answer = undefined
  expect(await ice.servers()).toEqual([])
  world.answer = answer
  expect(await ice.servers()).toEqual([stun])
  await clock.advance(hourMs)
  world.answer = undefined
  expect(await ice.servers()).toEqual([stun])
})

test('S8: while there are connections they are renewed by themselves, and asked for again where the server is away', async () => {
  const { clock, world, ice } = setUp(minuteMs)
  await ice.servers()
  const letGo = ice.keepFresh()
  await clock.advance(49_000)
  expect(world.asked).toBe(2)
  world.answer = undefined
  await clock.advance(48_000 + 10_000 + 20_000)
  expect(world.asked).toBe(5)
  world.answer = { iceServers: [relay], validForMs: minuteMs }
  await clock.advance(40_000)
  expect(world.asked).toBe(6)
  expect(ice.known()).toEqual([relay])
  letGo()
  letGo()
  expect(clock.pendingTimers).toBe(0)
})

test('S8: without credentials nothing has to be renewed, and the server is left in peace', async () => {
  const { clock, world, ice } = setUp()
  world.answer = { iceServers: [stun] }
  await ice.servers()
  const letGo = ice.keepFresh()
  expect(clock.pendingTimers).toBe(0)
  letGo()
  await clock.advance(6 * minuteMs)
  await ice.servers()
  expect(world.asked).toBe(2)
})

test('S8: the clock of the server does not matter, nor does a jump of ours break anything', async () => {
  const { clock, world, ice } = setUp(minuteMs)
  await ice.servers()
  const letGo = ice.keepFresh()
  await clock.sleep(3 * hourMs)
  await clock.settle()
  expect(world.asked).toBe(2)
  letGo()
})

test('S8: whether there is a relay is known once the server has answered', async () => {
  const { clock, world, ice } = setUp()
  expect(ice.hasRelay.get()).toBeUndefined()
  await ice.servers()
  expect(ice.hasRelay.get()).toBe(false)
  await clock.advance(hourMs)
  world.answer = { iceServers: [stun, relay], validForMs: hourMs }
  await ice.servers()
  expect(ice.hasRelay.get()).toBe(true)
})
