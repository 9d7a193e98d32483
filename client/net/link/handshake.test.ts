import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import type { Device } from '../../core/identity/device.ts'
import {
  beginHandshake,
  stepHandshake,
  type HandshakeContext,
  type HandshakeEvent,
  type HandshakeState,
  type HandshakeStep,
  type Proof,
} from './handshake.ts'
import { encodeHandshakeMessage, type HandshakeMessage } from './handshake-messages.ts'
import { deviceOf } from './testing/open-pair.ts'

let anna: Device
let bert: Device
beforeAll(async () => {
  anna = await deviceOf(1)
  bert = await deviceOf(2)
})

const of32 = (byte: number) => new Uint8Array(32).fill(byte)
const contextOf = (): HandshakeContext => ({
  role: 'initiator',
  ownKey: anna.publicKey,
  ownNonce: of32(1),
  expected: bert.id,
  fingerprints: { initiator: of32(0xaa), responder: of32(0xbb) },
})

const received = (message: HandshakeMessage): HandshakeEvent => ({
  type: 'received',
  bytes: encodeHandshakeMessage(message),
})
const hello = (publicKey = bert.publicKey as Uint8Array<ArrayBuffer>) =>
  received({ type: 'hello', publicKey, nonce: of32(2) })
const proof: Proof = { type: 'proof', signature: new Uint8Array(64), credential: of32(3) }
const theirProof = received(proof)
const accept = received({ type: 'accept' })
const proved: HandshakeEvent = { type: 'proved', proof }
const accepted: HandshakeEvent = { type: 'checked', verdict: 'accepted' }

const runAll = (events: HandshakeEvent[], context = contextOf()): HandshakeStep =>
  events.reduce<HandshakeStep>(({ state, effects }, event) => {
    const next = stepHandshake(context, state, event)
    return { state: next.state, effects: [...effects, ...next.effects] }
  }, beginHandshake(context))
const problemOf = (events: HandshakeEvent[], context?: HandshakeContext) => {
  const { state } = runAll(events, context)
  return state.status === 'failed' ? state.problem.type : state.status
}

test('L2: hello, proof and accept, each in its turn, open', () => {
  const { state, effects } = runAll([hello(), proved, theirProof, accepted, accept])
  expect(state).toEqual({ status: 'open' })
  expect(effects.map(({ type }) => type)).toEqual(['send', 'prove', 'send', 'check', 'send'])
})

test('L2: a quicker peer may be one message ahead; its message waits for its turn', () => {
  expect(problemOf([hello(), theirProof, proved, accept, accepted])).toBe('open')
  expect(problemOf([hello(), theirProof, theirProof])).toBe('outOfTurn')
  expect(problemOf([hello(), theirProof, accept])).toBe('outOfTurn')
  expect(problemOf([hello(), proved, theirProof, accept, accept])).toBe('outOfTurn')
})

test('L2: what comes before hello, twice, or out of turn is refused', () => {
  expect(problemOf([theirProof])).toBe('outOfTurn')
  expect(problemOf([accept])).toBe('outOfTurn')
  expect(problemOf([hello(), proved, hello()])).toBe('outOfTurn')
  expect(problemOf([hello(), proved, accept])).toBe('outOfTurn')
  expect(problemOf([hello(), proved, theirProof, accepted, theirProof])).toBe('outOfTurn')
})

test('L2: a hello of our own key, of another device, or of no sound key is refused', async () => {
  const carla = await deviceOf(3)
  expect(problemOf([hello(anna.publicKey)])).toBe('ownKeyReflected')
  expect(problemOf([hello(carla.publicKey)])).toBe('unexpectedDevice')
  expect(problemOf([hello(new Uint8Array(32))])).toBe('badKey')
  const one = new Uint8Array(32)
  one[0] = 1
  expect(problemOf([hello(one)])).toBe('badKey')
  expect(problemOf([hello(of32(0xff))])).toBe('badKey')
})

test('L2: our own hello sent back is refused', () => {
  const [sent] = beginHandshake(contextOf()).effects
  if (sent?.type !== 'send') throw new Error('a handshake begins by sending')
  expect(problemOf([{ type: 'received', bytes: sent.bytes }])).toBe('ownKeyReflected')
})

test('L2: what is signed differs by role, fingerprints, nonces and keys', async () => {
  const carla = await deviceOf(3)
  const base = contextOf()
  const contexts: HandshakeContext[] = [
    base,
    { ...base, role: 'responder' },
    { ...base, fingerprints: { ...base.fingerprints, initiator: of32(0xcc) } },
    { ...base, fingerprints: { ...base.fingerprints, responder: of32(0xcc) } },
    { ...base, fingerprints: { initiator: of32(0xbb), responder: of32(0xaa) } },
    { ...base, ownNonce: of32(9) },
    { ...base, ownKey: carla.publicKey },
  ]
  const statements = contexts.flatMap((context) =>
    runAll([hello(), proved, theirProof], context).effects.flatMap((effect) =>
      effect.type === 'send' ? [] : [Buffer.from(effect.statement).toString('hex')],
    ),
  )
  expect(statements).toHaveLength(2 * contexts.length)
  // The responder's context signs what the initiator's checks only if the hellos agree too; here none do.
  expect(new Set(statements).size).toBe(statements.length)
})

test('L2: what one side signs is what the other checks', () => {
  const annas = contextOf()
  const berts: HandshakeContext = {
    ...annas,
    role: 'responder',
    ownKey: bert.publicKey,
    ownNonce: of32(2),
    expected: anna.id,
  }
  const annasHello = received({ type: 'hello', publicKey: anna.publicKey, nonce: of32(1) })
  const statementOf = (step: HandshakeStep, type: 'prove' | 'check') =>
    step.effects.flatMap((effect) => (effect.type === type ? [effect.statement] : []))[0]
  const there = runAll([annasHello, proved, theirProof], berts)
  const here = runAll([hello(), proved, theirProof], annas)
  expect(statementOf(here, 'prove')).toEqual(statementOf(there, 'check'))
  expect(statementOf(there, 'prove')).toEqual(statementOf(here, 'check'))
})

test('L2: a wrong proof and a stranger are refused, and told so', () => {
  for (const verdict of ['wrongProof', 'notOfThisFamily'] as const) {
    const { state, effects } = runAll([hello(), proved, theirProof, { type: 'checked', verdict }])
    expect(state).toEqual({ status: 'failed', problem: { type: verdict } })
    expect(effects.at(-1)).toEqual({
      type: 'send',
      bytes: encodeHandshakeMessage({ type: 'refuse', refusal: verdict }),
    })
  }
})

test('L2: being refused there ends it without a word back', () => {
  const refused = received({ type: 'refuse', refusal: 'notOfThisFamily' })
  for (const before of [[], [hello(), proved], [hello(), proved, theirProof, accepted]]) {
    const effectsBefore = runAll(before).effects.length
    const { state, effects } = runAll([...before, refused])
    expect(state).toEqual({
      status: 'failed',
      problem: { type: 'refusedThere', refusal: 'notOfThisFamily' },
    })
    expect(effects).toHaveLength(effectsBefore)
  }
})

const events = (): HandshakeEvent[] => [
  hello(),
  hello(anna.publicKey),
  theirProof,
  accept,
  proved,
  accepted,
  { type: 'checked', verdict: 'wrongProof' },
  { type: 'received', bytes: new Uint8Array(linkLimits.maxHandshakeBytes + 1) },
  received({ type: 'refuse', refusal: 'failed' }),
  { type: 'failed' },
  { type: 'timedOut' },
  { type: 'wireClosed' },
]

test('L2: in no order of events does it open without hello, check and acceptance, nor leave an end', () => {
  const all = events()
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all.keys()), { maxLength: 12 }), (order) => {
      const context = contextOf()
      let state: HandshakeState = beginHandshake(context).state
      const past: string[] = []
      for (const index of order) {
        const event = all[index]!
        const before = state
        const step = stepHandshake(context, state, event)
        state = step.state
        if (before.status === 'open' || before.status === 'failed') {
          expect(step).toEqual({ state: before, effects: [] })
          continue
        }
        past.push(`${event.type}${event.type === 'checked' ? ` ${event.verdict}` : ''}`)
        if (state.status !== 'open') continue
        expect(past.filter((type) => type === 'received')).toHaveLength(3)
        expect(past.filter((type) => type !== 'received')).toEqual(['proved', 'checked accepted'])
      }
    }),
    { numRuns: 500 },
  )
})
