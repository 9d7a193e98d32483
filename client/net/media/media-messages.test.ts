import fc from 'fast-check'
import { expect, test } from 'vitest'
import { introductionLimits } from '../../../shared/limits.ts'
import { lineKinds } from './line-kinds.ts'
import { encodeMediaMessage, parseMediaMessage, type MediaMessage } from './media-messages.ts'

const described = (type: 'offer' | 'answer') =>
  fc.record({
    type: fc.constant(type),
    round: fc.integer({ min: 1 }),
    sdp: fc.string({ minLength: 1, maxLength: 80 }),
  })
const anyMessage: fc.Arbitrary<MediaMessage> = fc.oneof(
  fc.constant({ type: 'want' as const }),
  described('offer') as fc.Arbitrary<MediaMessage>,
  described('answer') as fc.Arbitrary<MediaMessage>,
  fc.record({ type: fc.constant('sending' as const), kinds: fc.subarray([...lineKinds]) }),
)

test('C3: a media message comes out as it went in', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      expect(parseMediaMessage(encodeMediaMessage(message))).toEqual({ ok: true, value: message })
    }),
  )
})

test('L7: cut short it is refused, and garbage is a value, never an exception', () => {
  fc.assert(
    fc.property(anyMessage, fc.nat(), (message, cut) => {
      const bytes = encodeMediaMessage(message)
      expect(parseMediaMessage(bytes.slice(0, cut % bytes.length)).ok).toBe(false)
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(parseMediaMessage(new Uint8Array(bytes)).ok).toBe(false)
    }),
  )
})

test('L7: what is too large, unknown or more than it should be is refused', () => {
  const refusedFor = (message: unknown): string => {
    const parsed = parseMediaMessage(new TextEncoder().encode(JSON.stringify(message)))
    return parsed.ok ? 'taken' : parsed.problem.type
  }
  expect(refusedFor({ type: 'offer', round: 1, sdp: 'x'.repeat(introductionLimits.maxSdpChars) })).toBe(
    'taken',
  )
  expect(refusedFor({ type: 'offer', round: 1, sdp: 'x'.repeat(introductionLimits.maxSdpChars + 1) })).toBe(
    'notAMediaMessage',
  )
  expect(refusedFor({ type: 'want', more: 'x'.repeat(200_000) })).toBe('tooLarge')
  for (const message of [
    { type: 'want', more: 1 },
    { type: 'sending', kinds: ['window'] },
    { type: 'sending', kinds: [...lineKinds, 'audio'] },
    { type: 'offer', round: 0, sdp: 'x' },
    { type: 'offer', round: 1.5, sdp: 'x' },
    null,
  ])
    expect(refusedFor(message)).toBe('notAMediaMessage')
})
