import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeControl, parseControl, type ControlMessage } from './control-messages.ts'

const anyNumber = fc.nat({ max: 0xffffffff })
const anyMessage: fc.Arbitrary<ControlMessage> = fc.oneof(
  fc.record({
    type: fc.constantFrom('message' as const, 'media' as const),
    body: fc.uint8Array({ maxLength: 50 }).map((bytes) => new Uint8Array(bytes)),
  }),
  fc.record({ type: fc.constant('ping' as const), number: anyNumber }),
  fc.record({ type: fc.constant('pong' as const), number: anyNumber }),
  fc.record({
    type: fc.constant('bye' as const),
    reason: fc.constantFrom('closedHere', 'replaced', 'badFrame', 'dead', 'refused'),
  }),
)

test('L6: a control message comes out as it went in', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      expect(parseControl(encodeControl(message))).toEqual({ ok: true, value: message })
    }),
  )
})

test('L7: cut short or with something left over, all but what is for others is refused', () => {
  fc.assert(
    fc.property(anyMessage, fc.nat(), (message, cut) => {
      fc.pre(message.type !== 'message' && message.type !== 'media')
      const bytes = encodeControl(message)
      expect(parseControl(bytes.slice(0, cut % bytes.length)).ok).toBe(false)
      expect(parseControl(Uint8Array.of(...bytes, 0)).ok).toBe(false)
    }),
  )
})

test('L7: garbage is a value, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const parsed = parseControl(new Uint8Array(bytes))
      if (parsed.ok) expect(encodeControl(parsed.value)).toEqual(new Uint8Array(bytes))
    }),
  )
})

test('L7: an unknown kind and an unknown reason are refused', () => {
  for (const bytes of [[], [5], [255, 1], [3], [3, 7], [3, 255]])
    expect(parseControl(Uint8Array.from(bytes)).ok).toBe(false)
})
