import type { DeviceId } from '../../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Device } from '../../core/identity/device.ts'
import type { Clock, LinkCloseReason, Random } from '../../core/ports.ts'
import { createLink, type LinkOverWire, type ManagedLink } from './create-link.ts'
import type { LinkDiagnostic } from './diagnostics.ts'
import { parseFingerprint } from './fingerprint.ts'
import { nonceBytes } from './handshake-messages.ts'
import type { LinkMembership } from './membership.ts'
import type { HandshakeContext, HandshakeProblem, LinkRole } from './handshake.ts'
import { runHandshake } from './run-handshake.ts'
import type { Wire } from './wire.ts'

export type { ManagedLink } from './create-link.ts'
export type { LinkDiagnostic } from './diagnostics.ts'
export type { LinkRole } from './handshake.ts'
export type { LinkHealth } from './liveness.ts'

export interface OpenLinkOptions {
  /** Open already; the Link owns it from here on and closes it, also when the handshake fails. */
  wire: Wire
  /** Who dialled: of two devices the one with the smaller id (S1). */
  role: LinkRole
  device: Device
  expected: DeviceId
  membership: LinkMembership
  /** As in the SDPs: `sha-256 AA:BB:…` (L2). */
  fingerprints: { local: string; remote: string }
  clock: Clock
  random: Random
  onDiagnostic?: (event: LinkDiagnostic) => void
}

/** Without diagnostics a listener's bug still reaches the one handler at the top. */
const throwBugs = (event: LinkDiagnostic): void => {
  if (event.type !== 'listenerThrew') return
  queueMicrotask(() => {
    throw event.error
  })
}

const contextOf = (options: OpenLinkOptions): HandshakeContext | undefined => {
  const { role, device, expected, random, fingerprints } = options
  const local = parseFingerprint(fingerprints.local)
  const remote = parseFingerprint(fingerprints.remote)
  if (local === undefined || remote === undefined) return undefined
  return {
    role,
    ownKey: device.publicKey,
    ownNonce: random.bytes(nonceBytes),
    expected,
    fingerprints:
      role === 'initiator'
        ? { initiator: local, responder: remote }
        : { initiator: remote, responder: local },
  }
}

const reasonOf = (problem: HandshakeProblem): LinkCloseReason => {
  if (problem.type === 'refusedThere') return { type: 'refused', why: problem.refusal }
  const detail = problem.type === 'wrongVersion' ? `: theirs is ${problem.theirs}` : ''
  return { type: 'handshakeFailed', why: problem.type + detail }
}

/**
 * Proves this device to the other and has it prove itself (L2), then opens the Link: when it does, both have accepted.
 * Resolves within `linkLimits.openTimeoutMs`, never rejects; `why` of a failure is one of the refusals in
 * `handshake-messages.ts`, `wireClosed` or `badFingerprint`.
 */
export const openLink = (options: OpenLinkOptions): Promise<Result<ManagedLink, LinkCloseReason>> => {
  const { wire, device, expected, membership, clock } = options
  const report = options.onDiagnostic ?? throwBugs
  const beganAt = clock.now()

  return new Promise((resolve) => {
    const giveUp = (reason: LinkCloseReason): void => {
      wire.close()
      report({ type: 'handshakeFailed', device: expected, reason })
      resolve(fail(reason))
    }
    const context = contextOf(options)
    if (context === undefined) {
      giveUp({ type: 'handshakeFailed', why: 'badFingerprint' })
      return
    }

    /** Set in the turn in which the handshake ends, so the next frame is the Link's. */
    let opened: LinkOverWire | undefined
    const onEnd = (problem: HandshakeProblem | undefined): void => {
      if (problem !== undefined) {
        giveUp(reasonOf(problem))
        return
      }
      report({ type: 'opened', device: expected, tookMs: clock.now() - beganAt })
      opened = createLink({ wire, device: expected, clock, report })
      resolve(ok(opened.link))
    }
    const handshake = runHandshake({
      context,
      device,
      membership,
      clock,
      send: (bytes) => {
        wire.send(bytes)
      },
      onEnd,
    })
    wire.onFrame((frame) => {
      ;(opened ?? handshake).receive(frame)
    })
    wire.onClose(() => {
      ;(opened ?? handshake).wireClosed()
    })
  })
}
