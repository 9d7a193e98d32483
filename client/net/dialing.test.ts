import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeviceId } from '../../shared/identifiers.ts'
import { linkLimits } from '../../shared/limits.ts'
import { createSeededRandom } from '../core/testing/seeded-random.ts'
import { beginDialing, step, type DialingEffect, type DialingEvent, type DialingState } from './dialing.ts'
import type { Ask, ConnectionId, Instance } from './introduction-payload.ts'

const anna = 'A'.repeat(43) as DeviceId
const bert = 'B'.repeat(43) as DeviceId
const cleo = 'C'.repeat(43) as DeviceId
const instance = (name: string) => name as Instance
const ask = (name: string) => name as Ask
const connection = (name: string) => name as ConnectionId

const play = (self: DeviceId, events: readonly DialingEvent[]) => {
  const random = createSeededRandom(1)
  let state = beginDialing(self)
  const effects: DialingEffect[][] = []
  for (const event of events) {
    const decision = step(state, event, random)
    state = decision.state
    effects.push(decision.effects)
  }
  return { state, effects, last: effects.at(-1) ?? [] }
}
const types = (effects: readonly DialingEffect[]) => effects.map(({ type }) => type)
const dialled = (effects: readonly DialingEffect[]) => {
  const dial = effects.find((effect) => effect.type === 'dial')
  if (dial?.type !== 'dial') throw new Error('nothing was dialled')
  return dial.attempt.connection
}

test('S1: the smaller id only says hello, the greater asks to be dialled', () => {
  const came = (device: DeviceId): DialingEvent => ({ type: 'came', device })
  expect(play(anna, [came(bert)]).last).toMatchObject([{ type: 'send', payload: { type: 'hello' } }, {}])
  expect(play(bert, [came(anna)]).last).toMatchObject([{ type: 'send', payload: { type: 'dial-me' } }, {}])
})

test('S1: a device does not dial itself', () => {
  expect(play(anna, [{ type: 'here', devices: [anna] }]).last).toEqual([])
})

test('S1: asked by the smaller id, or offered to by the greater, a device does nothing', () => {
  const asked = play(bert, [{ type: 'dial-me', device: anna, instance: instance('a'), ask: ask('x') }])
  expect(asked.last).toEqual([])
  const offer = { instance: instance('b'), ask: ask('x'), connection: connection('c') }
  expect(play(anna, [{ type: 'offer', device: bert, ...offer }]).last).toEqual([])
})

test('S4: an offer that answers no ask of ours is not taken', () => {
  const offer = { type: 'offer', device: anna, instance: instance('a'), connection: connection('c') } as const
  expect(
    play(bert, [
      { type: 'came', device: anna },
      { ...offer, ask: ask('old') },
    ]).last,
  ).toEqual([])
})

test('L1: what does not open in time is closed and tried again later', () => {
  const { effects } = play(anna, [
    { type: 'came', device: bert },
    { type: 'dial-me', device: bert, instance: instance('b'), ask: ask('x') },
    { type: 'timer', device: bert, timer: 'watchdog' },
  ])
  expect(effects[1]).toContainEqual({
    type: 'startTimer',
    device: bert,
    timer: 'watchdog',
    afterMs: linkLimits.openTimeoutMs,
  })
  expect(types(effects[2] ?? [])).toEqual(['close', 'stopTimer', 'startTimer'])
})

test('L3: a reloaded peer is dialled beside its old Link, which goes when the new one is open', () => {
  const before = play(anna, [{ type: 'dial-me', device: bert, instance: instance('b1'), ask: ask('x') }])
  const first = dialled(before.last)
  const events: DialingEvent[] = [
    { type: 'dial-me', device: bert, instance: instance('b1'), ask: ask('x') },
    { type: 'opened', device: bert, connection: first },
    { type: 'dial-me', device: bert, instance: instance('b2'), ask: ask('y') },
  ]
  const second = dialled(play(anna, events).last)
  expect(types(play(anna, events).last)).not.toContain('close')
  const { last, state } = play(anna, [...events, { type: 'opened', device: bert, connection: second }])
  expect(last).toContainEqual({ type: 'close', device: bert, connection: first, why: 'replaced' })
  expect(state.peers.get(bert)?.live?.connection).toBe(second)
})

test('S7: neither a lost server nor a peer whose socket comes back touches an open Link', () => {
  const events: DialingEvent[] = [{ type: 'dial-me', device: bert, instance: instance('b'), ask: ask('x') }]
  const live = dialled(play(anna, events).last)
  const { effects } = play(anna, [
    ...events,
    { type: 'opened', device: bert, connection: live },
    { type: 'serverLost' },
    { type: 'here', devices: [bert] },
    { type: 'came', device: bert },
  ])
  expect(
    effects
      .slice(2)
      .flat()
      .filter(({ type }) => type !== 'stopTimer'),
  ).toEqual([])
})

test('L6: failures make the next try later, and one that lasts makes them forgotten', () => {
  const attempt = (name: string): DialingEvent[] => [
    { type: 'dial-me', device: bert, instance: instance('b'), ask: ask(name) },
    { type: 'timer', device: bert, timer: 'watchdog' },
  ]
  const failing = Array.from({ length: 12 }, (_, i) => attempt(`ask ${i}`)).flat()
  const waits = play(anna, failing)
    .effects.flat()
    .flatMap((effect) => (effect.type === 'startTimer' && effect.timer === 'retry' ? [effect.afterMs] : []))
  expect(waits[0]).toBeLessThanOrEqual(2 * linkLimits.redialMinMs)
  expect(waits.at(-1)).toBeGreaterThanOrEqual(linkLimits.redialMaxMs / 2)
  expect(Math.max(...waits)).toBeLessThanOrEqual(linkLimits.redialMaxMs)
  const { state } = play(anna, [...failing, { type: 'timer', device: bert, timer: 'settled' }])
  expect(state.peers.get(bert)?.failures).toBe(0)
})

// ---- any order of events -----------------------------------------------------------------------------------------

const anyDevice = fc.constantFrom(anna, cleo)
const anyName = fc.constantFrom('one', 'two', 'three')
/** Connections and asks the machine itself has named, or others. */
const anyPick = fc.nat(20)

type Move =
  | { type: 'here'; devices: DeviceId[] }
  | { type: 'serverLost' }
  | { type: 'came' | 'gone' | 'hello'; device: DeviceId; name: string }
  | { type: 'dial-me' | 'offer'; device: DeviceId; name: string; pick: number }
  | { type: 'opened' | 'closed'; device: DeviceId; pick: number }
  | { type: 'timer'; device: DeviceId; timer: 'retry' | 'watchdog' | 'settled' }

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ type: fc.constant('here' as const), devices: fc.uniqueArray(anyDevice) }),
  fc.record({ type: fc.constant('serverLost' as const) }),
  fc.record({ type: fc.constantFrom('came', 'gone', 'hello'), device: anyDevice, name: anyName }),
  fc.record({ type: fc.constantFrom('dial-me', 'offer'), device: anyDevice, name: anyName, pick: anyPick }),
  fc.record({ type: fc.constantFrom('opened', 'closed'), device: anyDevice, pick: anyPick }),
  fc.record({
    type: fc.constant('timer' as const),
    device: anyDevice,
    timer: fc.constantFrom('retry', 'watchdog', 'settled'),
  }),
)

/** Runs the effects as the mesh would, and keeps account of what exists. */
const createWorld = (self: DeviceId) => {
  const random = createSeededRandom(7)
  let state: DialingState = beginDialing(self)
  const made = new Map<ConnectionId, DeviceId>()
  const asks = new Map<DeviceId, Ask>()
  const timers = new Set<string>()

  const run = (effect: DialingEffect): void => {
    const { device } = effect
    if (effect.type === 'send' && effect.payload.type === 'dial-me') asks.set(device, effect.payload.ask)
    if (effect.type === 'dial' && device < self) throw new Error('dialled from the wrong side')
    if (effect.type === 'accept' && self < device) throw new Error('accepted on the wrong side')
    if (effect.type === 'dial' || effect.type === 'accept') made.set(effect.attempt.connection, device)
    if (effect.type === 'close') made.delete(effect.connection)
    if (effect.type === 'startTimer') timers.add(`${device} ${effect.timer}`)
    if (effect.type === 'stopTimer') timers.delete(`${device} ${effect.timer}`)
  }

  const dispatch = (event: DialingEvent): void => {
    const decision = step(state, event, random)
    state = decision.state
    decision.effects.forEach(run)
  }

  const connectionsOf = (device: DeviceId) =>
    [...made].filter(([, owner]) => owner === device).map(([id]) => id)

  const translate = (move: Move): DialingEvent | undefined => {
    switch (move.type) {
      case 'here':
      case 'serverLost':
        return move
      case 'came':
      case 'gone':
        return { type: move.type, device: move.device }
      case 'hello':
        return { type: 'hello', device: move.device, instance: instance(move.name) }
      case 'dial-me':
        return {
          type: 'dial-me',
          device: move.device,
          instance: instance(move.name),
          ask: ask(`${move.pick}`),
        }
      case 'offer': {
        const current = asks.get(move.device)
        const named = move.pick % 2 === 0 && current !== undefined ? current : ask('foreign')
        const id = connection(`${move.device} ${move.pick} ${made.size}`)
        if (made.has(id)) return undefined
        return {
          type: 'offer',
          device: move.device,
          instance: instance(move.name),
          ask: named,
          connection: id,
        }
      }
      case 'opened':
      case 'closed': {
        const existing = connectionsOf(move.device)
        const id = existing[move.pick % Math.max(1, existing.length)]
        if (id === undefined) return undefined
        if (move.type === 'closed') made.delete(id)
        return { type: move.type, device: move.device, connection: id }
      }
      case 'timer': {
        const name = `${move.device} ${move.timer}`
        return timers.delete(name) ? move : undefined
      }
    }
  }

  const fault = (device: DeviceId): string | undefined => {
    const peer = state.peers.get(device)
    const held = [peer?.live, peer?.opening].flatMap((attempt) => (attempt ? [attempt.connection] : []))
    const existing = connectionsOf(device)
    if (existing.length !== held.length || existing.some((id) => !held.includes(id))) {
      return 'a ghost: what exists is not what the state knows, one live and one opening at most'
    }
    if (peer?.opening !== undefined && !timers.has(`${device} watchdog`)) return 'nothing watches the attempt'
    const isAlone = peer?.isHere === true && held.length === 0
    return isAlone && !timers.has(`${device} retry`) ? 'stuck: nothing will happen next' : undefined
  }

  return {
    move(next: Move) {
      const event = translate(next)
      if (event !== undefined) dispatch(event)
      for (const device of [anna, cleo]) {
        const found = fault(device)
        if (found !== undefined) throw new Error(found)
      }
    },
  }
}

test('S1, L1, L3: whatever happens in whatever order, no ghosts, no glare, and never stuck', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 60 }), (moves) => {
      const world = createWorld(bert)
      for (const move of moves) world.move(move)
    }),
    { numRuns: 300 },
  )
}, 30_000)
