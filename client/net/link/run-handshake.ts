import { linkLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { verifySignature } from '../../../shared/crypto/ed25519.ts'
import type { Device } from '../../core/identity/device.ts'
import type { Clock } from '../../core/ports.ts'
import {
  beginHandshake,
  stepHandshake,
  type HandshakeContext,
  type HandshakeEffect,
  type HandshakeEvent,
  type HandshakeProblem,
  type HandshakeState,
  type HandshakeStep,
} from './handshake.ts'
import type { LinkMembership } from './membership.ts'

export interface RunHandshakeOptions {
  context: HandshakeContext
  device: Device
  membership: LinkMembership
  clock: Clock
  send: (bytes: Bytes) => void
  /** Called once, in the very turn in which it is decided, so that no frame can slip in between. */
  onEnd: (problem: HandshakeProblem | undefined) => void
}

export interface RunningHandshake {
  receive(bytes: Bytes): void
  wireClosed(): void
}

/** Does for the machine of `handshake.ts` what it asks: sends, signs, checks, and looks at the clock (L1, L2). */
export const runHandshake = (options: RunHandshakeOptions): RunningHandshake => {
  const { context, device, membership, clock, send, onEnd } = options
  let state: HandshakeState = { status: 'awaitingHello' }

  const prove = async (statement: Bytes): Promise<HandshakeEvent> => {
    const signature = await device.sign(statement)
    return { type: 'proved', proof: { type: 'proof', signature, credential: membership.credential() } }
  }

  const check = async ({
    proof,
    key,
    statement,
  }: Extract<HandshakeEffect, { type: 'check' }>): Promise<HandshakeEvent> => {
    if (!(await verifySignature(key, proof.signature, statement)))
      return { type: 'checked', verdict: 'wrongProof' }
    const standing = await membership.check(context.expected, proof.credential)
    return { type: 'checked', verdict: standing === 'member' ? 'accepted' : standing }
  }

  const handle = (event: HandshakeEvent): void => {
    if (state.status === 'open' || state.status === 'failed') return
    enter(stepHandshake(context, state, event))
  }

  const comeBackWith = (work: Promise<HandshakeEvent>): void => {
    work.then(handle, () => {
      handle({ type: 'failed' })
    })
  }

  const run = (effect: HandshakeEffect): void => {
    switch (effect.type) {
      case 'send':
        send(effect.bytes)
        return
      case 'prove':
        comeBackWith(prove(effect.statement))
        return
      case 'check':
        comeBackWith(check(effect))
        return
    }
  }

  const enter = (step: HandshakeStep): void => {
    state = step.state
    for (const effect of step.effects) run(effect)
    if (state !== step.state) return // the wire closed while we sent
    if (step.state.status !== 'open' && step.state.status !== 'failed') return
    clock.clearTimer(timer)
    onEnd(step.state.status === 'failed' ? step.state.problem : undefined)
  }

  const timer = clock.setTimer(() => {
    handle({ type: 'timedOut' })
  }, linkLimits.openTimeoutMs)
  enter(beginHandshake(context))

  return {
    receive: (bytes) => {
      handle({ type: 'received', bytes })
    },
    wireClosed: () => {
      handle({ type: 'wireClosed' })
    },
  }
}
