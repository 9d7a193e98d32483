import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import {
  encodeHandshakeMessage,
  parseHandshakeMessage,
  refusals,
  type HandshakeMessage,
} from './handshake-messages.ts'

const bytesOf = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => new Uint8Array(bytes))

const anyMessage: fc.Arbitrary<HandshakeMessage> = fc.oneof(
  fc.record({ type: fc.constant('hello' as const), publicKey: bytesOf(32), nonce: bytesOf(32) }),
  fc.record({ type: fc.constant('proof' as const), signature: bytesOf(64), credential: bytesOf(300) }),
  fc.constant({ type: 'accept' as const }),
  fc.record({ type: fc.constant('refuse' as const), refusal: fc.constantFrom(...refusals) }),
)

test('L2: a handshake message comes out as it went in, within its limit', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const bytes = encodeHandshakeMessage(message)
      expect(bytes.length).toBeLessThanOrEqual(linkLimits.maxHandshakeBytes)
      expect(parseHandshakeMessage(bytes)).toEqual({ ok: true, value: message })
    }),
  )
})

test('L2: cut short or with something left over, it is refused', () => {
  fc.assert(
    fc.property(anyMessage, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 }), (message, cut, more) => {
      const bytes = encodeHandshakeMessage(message)
      expect(parseHandshakeMessage(bytes.slice(0, cut % bytes.length)).ok).toBe(false)
      expect(parseHandshakeMessage(Uint8Array.of(...bytes, ...more)).ok).toBe(false)
    }),
  )
})

test('L2: garbage is a value, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const parsed = parseHandshakeMessage(new Uint8Array(bytes))
      if (parsed.ok) expect(encodeHandshakeMessage(parsed.value)).toEqual(new Uint8Array(bytes))
    }),
  )
})

test('L2: another version is named, whatever its hello looks like', () => {
  expect(parseHandshakeMessage(Uint8Array.of(1, 2))).toEqual({
    ok: false,
    problem: { type: 'wrongVersion', theirs: 2 },
  })
})

test('L2: an oversized message is refused before it is looked at', () => {
  const bytes = new Uint8Array(linkLimits.maxHandshakeBytes + 1)
  bytes.set([1, 2])
  expect(parseHandshakeMessage(bytes)).toEqual({ ok: false, problem: { type: 'illFormed' } })
})
