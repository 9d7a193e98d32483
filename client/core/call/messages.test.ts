import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { callLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import { encodeCallSummary, parseCallSummary, callOutcomes, type CallSummary } from '../room/call-summary.ts'
import { encodeCallMessage, parseCallMessage } from './messages.ts'
import { callStates, phases, sounds, ways, type CallId, type CallMessage } from './words.ts'

const idOf = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => toBase64Url(new Uint8Array(bytes)))
const callId = idOf(16).map((id) => id as CallId)
const room = idOf(16).map((id) => id as LogId)
const account = idOf(32).map((id) => id as AccountId)
const ms = fc.nat(2 ** 47)
const text = fc.string({ unit: 'grapheme', maxLength: 20 })

const stay = fc.record({
  call: fc.record({ id: callId, room, startedAtMs: ms, by: account }),
  phase: fc.constantFrom(...phases),
  entered: fc.constantFrom(...ways),
  enteredAtMs: ms,
  called: fc.array(fc.record({ account, state: fc.constantFrom(...callStates) }), { maxLength: 5 }),
  sending: fc.record({
    audio: fc.constantFrom(...sounds),
    camera: fc.boolean(),
    screen: fc.boolean(),
    hand: fc.boolean(),
  }),
})
const message: fc.Arbitrary<CallMessage> = fc.oneof(
  fc.record({ type: fc.constant('presence' as const), sequence: ms, stay }),
  fc.record({ type: fc.constant('left' as const), sequence: ms, call: callId, hasWritten: fc.boolean() }),
  fc.record({
    type: fc.constant('decline' as const),
    call: callId,
    reason: fc.constantFrom('declined' as const, 'busy' as const),
    text,
  }),
  fc.record({ type: fc.constant('reaction' as const), emoji: fc.constantFrom('🎉', '👍🏽', '❤️') }),
  fc.record({ type: fc.constant('tiles' as const), camera: fc.nat(4_320), screen: fc.nat(4_320) }),
  fc.record({ type: fc.constant('quality' as const), rttMs: fc.nat(60_000), lossPerMille: fc.nat(1_000) }),
)
const summary: fc.Arbitrary<CallSummary> = fc.record({
  id: callId,
  aliases: fc.array(callId, { maxLength: callLimits.maxAliases }),
  by: account,
  startedAtMs: ms,
  durationMs: fc.nat(callLimits.maxDurationMs),
  outcome: fc.constantFrom(...callOutcomes),
  hadVideo: fc.boolean(),
  tookPart: fc.array(account, { maxLength: 5 }),
  called: fc.array(account, { maxLength: 5 }),
})

/** What every codec must do: give back what it was given, and take nothing else. */
const hold = <Value>(
  values: fc.Arbitrary<Value>,
  encode: (value: Value) => Uint8Array<ArrayBuffer>,
  parse: (bytes: Uint8Array<ArrayBuffer>) => unknown,
) => {
  fc.assert(
    fc.property(values, fc.nat(), (value, at) => {
      const bytes = encode(value)
      expect(parse(bytes)).toEqual(value)
      expect(parse(bytes.slice(0, at % bytes.length))).toBeUndefined()
      expect(parse(new Uint8Array([...bytes, 0]))).toBeUndefined()
    }),
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parse(new Uint8Array(bytes))))
  fc.assert(
    fc.property(values, fc.nat(), fc.nat(255), (value, at, byte) => {
      const bytes = encode(value)
      bytes[at % bytes.length] = byte
      void parse(bytes)
    }),
  )
}

test('C2: a message comes back as it went; cut, longer or garbage it is a value', () => {
  hold(message, encodeCallMessage, parseCallMessage)
})

test('C6: a summary comes back as it went; cut, longer or garbage it is a value', () => {
  hold(summary, encodeCallSummary, parseCallSummary)
  expect(parseCallSummary(undefined)).toBeUndefined()
})

test('C2: the largest presence is within the limit, and what is larger is nothing', () => {
  const [sample] = fc.sample(stay, 1)
  const [someone] = fc.sample(account, 1)
  const called = Array.from({ length: callLimits.maxCalled }, () => ({
    account: someone!,
    state: 'ringing' as const,
  }))
  const presence = (more: typeof called) => ({
    type: 'presence' as const,
    sequence: 2 ** 47,
    stay: { ...sample!, called: more },
  })
  const largest = encodeCallMessage(presence(called))
  expect(largest.length).toBeLessThanOrEqual(callLimits.maxMessageBytes)
  expect(parseCallMessage(largest)).toBeDefined()
  expect(parseCallMessage(encodeCallMessage(presence([...called, called[0]!])))).toBeUndefined()
  expect(parseCallMessage(new Uint8Array(callLimits.maxMessageBytes + 1))).toBeUndefined()
})

test('C2: too long a text or reaction is nothing', () => {
  const long = 'x'.repeat(callLimits.maxDeclineTextBytes + 1)
  const id = 'AAAAAAAAAAAAAAAAAAAAAA' as CallId
  expect(
    parseCallMessage(encodeCallMessage({ type: 'decline', call: id, reason: 'busy', text: long })),
  ).toBeUndefined()
  for (const emoji of ['', long])
    expect(parseCallMessage(encodeCallMessage({ type: 'reaction', emoji }))).toBeUndefined()
})
