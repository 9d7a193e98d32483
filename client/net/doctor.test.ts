import { expect, test } from 'vitest'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { LinkWay } from '../core/doctor.ts'
import type { Clock } from '../core/ports.ts'
import { askServer, lookForCandidate, readAhead, type GatheringConnection } from './doctor.ts'
import { createLinkWays } from './link-ways.ts'

const never = new AbortController().signal
const stun = { urls: ['stun:home.example:3478'] }
const turn = { urls: ['turn:home.example:3478'], username: 'u', credential: 'c' }

const handClock = () => {
  let run: (() => void) | undefined
  const clock: Clock = {
    now: () => 0,
    setTimer: (listener) => {
      run = listener
      return 1
    },
    clearTimer: () => (run = undefined),
  }
  return { clock, ring: () => run?.(), isSet: () => run !== undefined }
}

const fakeGathering = () => {
  let hear: ((event: { candidate: { type: string } | null }) => void) | undefined
  let isClosed = false
  const configurations: RTCConfiguration[] = []
  const connection = {
    createDataChannel: () => undefined,
    createOffer: () => Promise.resolve({}),
    setLocalDescription: () => Promise.resolve(),
    addEventListener: (_: string, listener: typeof hear) => (hear = listener),
    close: () => (isClosed = true),
  } as unknown as GatheringConnection
  return {
    open: (configuration: RTCConfiguration) => {
      configurations.push(configuration)
      return connection
    },
    configurations,
    find: (type: string | null) => hear?.({ candidate: type === null ? null : { type } }),
    isClosed: () => isClosed,
  }
}

test('ux 44: a candidate of the kind that was looked for means that the server works; all is let go of', async () => {
  const { clock, isSet } = handClock()
  const fake = fakeGathering()
  const looking = lookForCandidate({
    servers: [stun, turn],
    kind: 'relay',
    clock,
    signal: never,
    open: fake.open,
  })
  expect(fake.configurations).toEqual([{ iceServers: [turn], iceTransportPolicy: 'relay' }])
  fake.find('host')
  expect(fake.isClosed()).toBe(false)
  fake.find('relay')
  expect(await looking).toBe('works')
  expect(fake.isClosed()).toBe(true)
  expect(isSet()).toBe(false)
})

test.each(['end', 'time', 'cancelled'] as const)('ux 44: nothing found: %s', async (why) => {
  const { clock, ring } = handClock()
  const fake = fakeGathering()
  const stop = new AbortController()
  const looking = lookForCandidate({
    servers: [stun],
    kind: 'srflx',
    clock,
    signal: stop.signal,
    open: fake.open,
  })
  if (why === 'end') fake.find(null)
  else if (why === 'time') ring()
  else stop.abort()
  expect(await looking).toBe('silent')
  expect(fake.isClosed()).toBe(true)
})

test('ux 44: where the family has no such server, nobody at all is asked', async () => {
  const fake = fakeGathering()
  const { clock } = handClock()
  const options = { clock, signal: never, open: fake.open }
  expect(await lookForCandidate({ ...options, servers: [], kind: 'srflx' })).toBe('none')
  expect(await lookForCandidate({ ...options, servers: [stun], kind: 'relay' })).toBe('none')
  expect(fake.configurations).toEqual([])
})

test('ux 44: the server is asked for its time, and its silence is no error', async () => {
  const times = [1_000, 1_200]
  const { clock, isSet } = handClock()
  const headers = new Headers({ date: 'Thu, 01 Jan 1970 00:00:01 GMT' })
  const now = () => times.shift() ?? 0
  const answer = await askServer({ ...clock, now }, never, () => Promise.resolve({ headers }))
  expect(answer).toEqual({ delayMs: 200, aheadMs: -400 })
  expect(await askServer(clock, never, () => Promise.reject(new TypeError('away')))).toBeUndefined()
  expect(isSet()).toBe(false)
  expect(readAhead('not a date', 5)).toBeUndefined()
  expect(readAhead(null, 5)).toBeUndefined()
})

test.each(['time', 'cancelled'] as const)('ux 44: the server is not waited for for ever: %s', async (why) => {
  const { clock, ring } = handClock()
  const stop = new AbortController()
  const asking = askServer(
    clock,
    stop.signal,
    (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
  )
  if (why === 'time') ring()
  else stop.abort()
  expect(await asking).toBeUndefined()
})

test('ux 22: the way of each Link; what was asked first and answers last does not count', async () => {
  const device = 'a' as DeviceId
  const answers: ((way: LinkWay | undefined) => void)[] = []
  const { ways, look } = createLinkWays(() => [
    { device, way: () => new Promise((resolve) => answers.push(resolve)) },
  ])
  const [first, second] = [look(), look()]
  answers[1]?.({ isRelayed: true, delayMs: 4 })
  await second
  answers[0]?.({ isRelayed: false, delayMs: 9 })
  await first
  expect(ways.get().get(device)).toEqual({ isRelayed: true, delayMs: 4 })
  const third = look()
  answers[2]?.(undefined)
  await third
  expect(ways.get().size).toBe(0)
})
