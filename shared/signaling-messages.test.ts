import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  parseFromServer,
  parseToServer,
  socketErrorCodes,
  type FromServer,
  type ToServer,
} from './signaling-messages.ts'

const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-')
const text = (minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), minLength, maxLength })
const device = text(43)
const topic = text(22)
const box = text(1, 300)
const constant = <Type extends string>(type: Type): fc.Arbitrary<Type> => fc.constant(type)

const toServer = fc.oneof(
  fc.record({ type: constant('join'), topic }),
  fc.record({ type: constant('signal'), to: device, box }),
  fc.record({ type: constant('ping') }),
) as fc.Arbitrary<ToServer>

const fromServer = fc.oneof(
  fc.record({ type: constant('here'), topic, peers: fc.array(device) }),
  fc.record({ type: constant('came'), topic, peer: device }),
  fc.record({ type: constant('gone'), topic, peer: device }),
  fc.record({ type: constant('signal'), from: device, box }),
  fc.record({ type: constant('pong') }),
  fc.record(
    { type: constant('error'), code: fc.constantFrom(...socketErrorCodes), peer: device },
    { requiredKeys: ['type', 'code'] },
  ),
) as fc.Arbitrary<FromServer>

describe.each([
  ['to the server', parseToServer, toServer as fc.Arbitrary<object>],
  ['from the server', parseFromServer, fromServer as fc.Arbitrary<object>],
] as const)('S1: messages %s', (_, parse, messages) => {
  test('come back as they went', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(parse(JSON.stringify(message))).toEqual({ ok: true, value: message })
      }),
    )
  })

  test('S6: cut short, are a problem and no exception', () => {
    fc.assert(
      fc.property(messages, fc.nat(), (message, cut) => {
        const whole = JSON.stringify(message)
        expect(parse(whole.slice(0, cut % whole.length)).ok).toBe(false)
      }),
    )
  })

  test('S6: with a field too many, are a problem', () => {
    fc.assert(
      fc.property(messages, fc.jsonValue({ maxDepth: 2 }), (message, more) => {
        expect(parse(JSON.stringify({ ...message, more })).ok).toBe(false)
      }),
    )
  })

  test('S6: garbage is a problem and no exception', () => {
    const garbage = fc.oneof(fc.string(), fc.json({ maxDepth: 2 }), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(garbage, (frame) => {
        expect(parse(frame).ok).toBe(false)
      }),
    )
  })
})
