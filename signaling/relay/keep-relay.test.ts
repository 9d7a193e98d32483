import { expect, test } from 'vitest'
import { keepRelay, type RelayTools } from './keep-relay.ts'
import type { RelayEnd, RelayProgram } from './launch-relay.ts'
import type { RelayPlan } from './relay-plan.ts'

const here: RelayPlan = { address: '192.168.1.9', listenOn: ['127.0.0.1', '192.168.1.9'], ownNetworks: [] }
const elsewhere: RelayPlan = { ...here, address: '192.168.2.9' }

/** A machine whose time passes when told, with programs that end when told. */
const createWorld = () => {
  const timers = new Set<{ run: () => void; at: number }>()
  const programs: { end: (end?: Partial<RelayEnd>) => void; isStopped: boolean }[] = []
  const told: string[] = []
  const world = {
    now: 0,
    plan: here as RelayPlan | undefined,
    isFree: true,
    doesAnswer: true,
    programs,
    told,
    timers,
    get waits() {
      return [...timers].map(({ at }) => at - world.now)
    },
  }
  const log = (line: unknown): void => void told.push(JSON.stringify(line))
  const launch = (): RelayProgram => {
    let settle: (end: RelayEnd) => void = () => undefined
    const ended = new Promise<RelayEnd>((resolve) => (settle = resolve))
    const program = {
      isStopped: false,
      end: (end: Partial<RelayEnd> = {}) => settle({ code: 1, complaint: undefined, ...end }),
    }
    programs.push(program)
    return {
      ended,
      stop() {
        program.isStopped = true
        program.end({ code: 0 })
        return ended
      },
    }
  }
  const tools: RelayTools = {
    plan: () => Promise.resolve(world.plan),
    isPortFree: () => Promise.resolve(world.isFree),
    launch: () => Promise.resolve(launch()),
    answers: () => Promise.resolve(world.doesAnswer),
    setTimer(run, afterMs) {
      const timer = { run, at: world.now + afterMs }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    now: () => world.now,
    log: { info: log, warn: log },
    port: 3478,
  }
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 20; round++) await Promise.resolve()
  }
  const pass = async (ms: number): Promise<void> => {
    world.now += ms
    for (const timer of [...timers])
      if (timer.at <= world.now) {
        timers.delete(timer)
        timer.run()
      }
    await settle()
  }
  return { world, tools, settle, pass }
}

test('S8: it runs, and is stopped with the server', async () => {
  const { world, tools } = createWorld()
  const relay = await keepRelay(tools)
  expect(relay.address()).toBe('192.168.1.9')
  expect(world.told).toEqual(['{"relay":"answers","port":3478,"address":"192.168.1.9"}'])
  await relay.stop()
  expect(world.programs.map(({ isStopped }) => isStopped)).toEqual([true])
  expect(relay.address()).toBeUndefined()
  expect(world.timers.size).toBe(0)
})

test('S8: when it ends it is started again, later each time, and is not offered meanwhile', async () => {
  const { world, tools, pass, settle } = createWorld()
  const relay = await keepRelay(tools)
  const waits: number[] = []
  for (let count = 0; count < 11; count++) {
    world.programs.at(-1)?.end({ complaint: 'bind: cannot' })
    await settle()
    expect(relay.address()).toBeUndefined()
    waits.push(...world.waits)
    await pass(world.waits[0] ?? 0)
    expect(relay.address()).toBe('192.168.1.9')
  }
  expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
  expect(waits.at(-1)).toBe(300_000)
  expect(world.told).toContain('{"relay":"coturn ended with 1 (bind: cannot)"}')
})

test('S8: one that ran for a while starts again soon', async () => {
  const { world, tools, pass, settle } = createWorld()
  await keepRelay(tools)
  for (let count = 0; count < 3; count++) {
    await pass(60_000)
    world.programs.at(-1)?.end()
    await settle()
    expect(world.waits).toEqual([1_000])
    await pass(1_000)
  }
})

test('S8: a port that is taken is told once, and tried again', async () => {
  const { world, tools, pass } = createWorld()
  world.isFree = false
  const relay = await keepRelay(tools)
  await pass(1_000)
  await pass(2_000)
  expect(relay.address()).toBeUndefined()
  expect(world.told).toHaveLength(1)
  expect(world.told[0]).toContain('port 3478 is taken')
  world.isFree = true
  await pass(4_000)
  expect(relay.address()).toBe('192.168.1.9')
})

test('S8: without a network it waits for one', async () => {
  const { world, tools, pass } = createWorld()
  world.plan = undefined
  const relay = await keepRelay(tools)
  expect([relay.address(), world.programs.length]).toEqual([undefined, 0])
  world.plan = here
  await pass(1_000)
  expect(relay.address()).toBe('192.168.1.9')
})

test('S8: it follows the machine to another network', async () => {
  const { world, tools, pass } = createWorld()
  const relay = await keepRelay(tools)
  await pass(60_000)
  expect(world.programs).toHaveLength(1)
  world.plan = elsewhere
  await pass(60_000)
  expect(world.programs.map(({ isStopped }) => isStopped)).toEqual([true, false])
  expect(relay.address()).toBe('192.168.2.9')
})

test('S8: one that does not answer is not offered', async () => {
  const { world, tools } = createWorld()
  world.doesAnswer = false
  const relay = await keepRelay(tools)
  expect(relay.address()).toBeUndefined()
  expect(world.programs[0]?.isStopped).toBe(true)
  expect(world.told.join()).toContain('coturn does not answer')
})

test('S8: what cannot be launched is told, and tried again', async () => {
  const { world, tools } = createWorld()
  const relay = await keepRelay({ ...tools, launch: () => Promise.reject(new Error('the disk is full')) })
  expect(relay.address()).toBeUndefined()
  expect(world.told.join()).toContain('the disk is full')
  expect(world.waits).toEqual([1_000])
})
