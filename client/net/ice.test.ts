import { expect, test } from 'vitest'
import type { IceAnswer } from '../../shared/ice.ts'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import { createIceSource } from './ice.ts'

const stun = { urls: ['stun:home.example:3478'] }
const hourMs = 60 * 60_000

test('S8: the servers are asked for once, and again before their credentials end', async () => {
  const clock = createFakeClock()
  let asked = 0
  const ice = createIceSource(() => {
    asked++
    return Promise.resolve({ iceServers: [stun], expiresAt: clock.now() + hourMs })
  }, clock)
  expect(await Promise.all([ice.servers(), ice.servers()])).toEqual([[stun], [stun]])
  await clock.advance(50 * 60_000)
  await ice.servers()
  expect(asked).toBe(1)
  await clock.advance(6 * 60_000)
  await ice.servers()
  expect(asked).toBe(2)
})

test('S8: while the server is away those known before serve on, or none', async () => {
  const clock = createFakeClock()
  let answer: IceAnswer | undefined
  const ice = createIceSource(() => Promise.resolve(answer), clock)
  expect(await ice.servers()).toEqual([])
  answer = { iceServers: [stun], expiresAt: clock.now() + hourMs }
  expect(await ice.servers()).toEqual([stun])
  await clock.advance(hourMs)
  answer = undefined
  expect(await ice.servers()).toEqual([stun])
})
