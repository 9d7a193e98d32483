import type { DeviceId } from '../../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { concatBytes, encodeUtf8, equalBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { parsePublicKey, type PublicKey } from '../../../shared/crypto/ed25519.ts'
import { deviceIdOf } from '../../core/identity/device.ts'
import {
  encodeHandshakeMessage,
  parseHandshakeMessage,
  type HandshakeMessage,
  type Refusal,
} from './handshake-messages.ts'

/**
 * L2 as a machine: hello, proof, accept, each way. `step` is pure; who runs it does the signing, checking and sending,
 * and comes back with what came of it. Nothing of the Link passes before `open`, where both have accepted.
 */

export type LinkRole = 'initiator' | 'responder'

export interface HandshakeContext {
  role: LinkRole
  ownKey: PublicKey
  ownNonce: Bytes
  expected: DeviceId
  /** Of the DTLS certificates, as each side sees them. Who sits in the middle has to change one. */
  fingerprints: { initiator: Bytes; responder: Bytes }
}

export type HandshakeProblem =
  | { type: Exclude<Refusal, 'wrongVersion'> }
  | { type: 'wrongVersion'; theirs: number }
  | { type: 'refusedThere'; refusal: Refusal }
  | { type: 'wireClosed' }

interface Peer {
  key: PublicKey
  /** What the other device must have signed. */
  statement: Bytes
}

/** While we compute, the other may be one message ahead; it is kept for its turn. More than one is nobody honest. */
interface Busy {
  held?: Bytes
}

export type HandshakeState =
  | { status: 'awaitingHello' }
  | ({ status: 'proving'; peer: Peer } & Busy)
  | { status: 'awaitingProof'; peer: Peer }
  | ({ status: 'checking' } & Busy)
  | { status: 'awaitingAcceptance' }
  | { status: 'open' }
  | { status: 'failed'; problem: HandshakeProblem }

export type Proof = Extract<HandshakeMessage, { type: 'proof' }>

export type HandshakeEvent =
  | { type: 'received'; bytes: Bytes }
  | { type: 'proved'; proof: Proof }
  | { type: 'checked'; verdict: 'accepted' | 'wrongProof' | 'notOfThisFamily' | 'revoked' }
  /** Our own signing or checking did not work. */
  | { type: 'failed' }
  | { type: 'timedOut' }
  | { type: 'wireClosed' }

export type HandshakeEffect =
  | { type: 'send'; bytes: Bytes }
  | { type: 'prove'; statement: Bytes }
  | { type: 'check'; proof: Proof; key: PublicKey; statement: Bytes }

export interface HandshakeStep {
  state: HandshakeState
  effects: HandshakeEffect[]
}

const label = encodeUtf8('hearth/v1/link')
const roleBytes = { initiator: 1, responder: 2 } as const
const otherRole = { initiator: 'responder', responder: 'initiator' } as const

const helloOf = ({ ownKey, ownNonce }: HandshakeContext): Bytes =>
  encodeHandshakeMessage({ type: 'hello', publicKey: ownKey, nonce: ownNonce })

/** What `signer` signs: its own role first, so that a proof sent back to its maker proves nothing. */
const statementOf = (context: HandshakeContext, signer: LinkRole, theirHello: Bytes): Bytes => {
  const ownHello = helloOf(context)
  const hellos = context.role === 'initiator' ? [ownHello, theirHello] : [theirHello, ownHello]
  const { initiator, responder } = context.fingerprints
  return concatBytes(label, Uint8Array.of(roleBytes[signer]), initiator, responder, ...hellos)
}

const stay = (state: HandshakeState): HandshakeStep => ({ state, effects: [] })

/** Ends it; the other side is told why, unless it told us or is gone. */
const refuse = (problem: HandshakeProblem): HandshakeStep => {
  const state: HandshakeState = { status: 'failed', problem }
  if (problem.type === 'refusedThere' || problem.type === 'wireClosed') return stay(state)
  return {
    state,
    effects: [{ type: 'send', bytes: encodeHandshakeMessage({ type: 'refuse', refusal: problem.type }) }],
  }
}

const checkHello = (
  context: HandshakeContext,
  hello: Extract<HandshakeMessage, { type: 'hello' }>,
): Result<PublicKey, HandshakeProblem> => {
  if (equalBytes(hello.publicKey, context.ownKey)) return fail({ type: 'ownKeyReflected' })
  const key = parsePublicKey(hello.publicKey)
  if (!key.ok) return fail({ type: 'badKey' })
  if (deviceIdOf(key.value) !== context.expected) return fail({ type: 'unexpectedDevice' })
  return ok(key.value)
}

const receive = (
  context: HandshakeContext,
  state: Extract<HandshakeState, { status: 'awaitingHello' | 'awaitingProof' | 'awaitingAcceptance' }>,
  bytes: Bytes,
): HandshakeStep => {
  const parsed = parseHandshakeMessage(bytes)
  if (!parsed.ok) return refuse(parsed.problem)
  const message = parsed.value
  if (message.type === 'refuse') return refuse({ type: 'refusedThere', refusal: message.refusal })

  if (state.status === 'awaitingHello' && message.type === 'hello') {
    const key = checkHello(context, message)
    if (!key.ok) return refuse(key.problem)
    const peer = { key: key.value, statement: statementOf(context, otherRole[context.role], bytes) }
    return {
      state: { status: 'proving', peer },
      effects: [{ type: 'prove', statement: statementOf(context, context.role, bytes) }],
    }
  }
  if (state.status === 'awaitingProof' && message.type === 'proof') {
    return { state: { status: 'checking' }, effects: [{ type: 'check', proof: message, ...state.peer }] }
  }
  if (state.status === 'awaitingAcceptance' && message.type === 'accept') return stay({ status: 'open' })
  return refuse({ type: 'outOfTurn' })
}

/** Goes on from a busy state: says what was made, then takes the message that waited, if one did. */
const resume = (
  context: HandshakeContext,
  next: Extract<HandshakeState, { status: 'awaitingProof' | 'awaitingAcceptance' }>,
  toSend: HandshakeMessage,
  held: Bytes | undefined,
): HandshakeStep => {
  const send: HandshakeEffect = { type: 'send', bytes: encodeHandshakeMessage(toSend) }
  const { state, effects } = held === undefined ? stay(next) : receive(context, next, held)
  return { state, effects: [send, ...effects] }
}

export const beginHandshake = (context: HandshakeContext): HandshakeStep => ({
  state: { status: 'awaitingHello' },
  effects: [{ type: 'send', bytes: helloOf(context) }],
})

export const stepHandshake = (
  context: HandshakeContext,
  state: HandshakeState,
  event: HandshakeEvent,
): HandshakeStep => {
  if (state.status === 'open' || state.status === 'failed') return stay(state)
  switch (event.type) {
    case 'received':
      if (state.status !== 'proving' && state.status !== 'checking')
        return receive(context, state, event.bytes)
      if (state.held !== undefined) return refuse({ type: 'outOfTurn' })
      return stay({ ...state, held: event.bytes })
    case 'proved':
      if (state.status !== 'proving') return refuse({ type: 'failed' })
      return resume(context, { status: 'awaitingProof', peer: state.peer }, event.proof, state.held)
    case 'checked':
      if (state.status !== 'checking') return refuse({ type: 'failed' })
      if (event.verdict !== 'accepted') return refuse({ type: event.verdict })
      return resume(context, { status: 'awaitingAcceptance' }, { type: 'accept' }, state.held)
    case 'failed':
    case 'timedOut':
    case 'wireClosed':
      return refuse({ type: event.type })
  }
}
