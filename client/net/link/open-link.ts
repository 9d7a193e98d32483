import type { DeviceId } from '../../../shared/identifiers.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { Device } from '../../core/identity/device.ts'
import type { Clock, Link, LinkCloseReason, Random } from '../../core/ports.ts'
import type { Value } from '../../core/value.ts'
import type { LinkDiagnostic } from './diagnostics.ts'
import type { Wire } from './wire.ts'

export type { LinkDiagnostic } from './diagnostics.ts'

/** Who dialled: of two devices the one with the smaller id (S1). */
export type LinkRole = 'initiator' | 'responder'

/** How a Link is doing (L6). After `linkLimits.deadAfterMs` of silence it closes with `{type: 'dead'}`. */
export type LinkHealth =
  { status: 'ok'; roundTripMs?: number } | { status: 'silent'; silentForMs: number; roundTripMs?: number }

export interface OpenLinkOptions {
  /** Open already; the Link owns it from here on and closes it, also when the handshake fails. */
  wire: Wire
  role: LinkRole
  device: Device
  expected: DeviceId
  linkKey: Uint8Array<ArrayBuffer>
  /** As in the SDPs: `sha-256 AA:BB:…` (L2). */
  fingerprints: { local: string; remote: string }
  clock: Clock
  random: Random
  onDiagnostic?: (event: LinkDiagnostic) => void
}

/**
 * A Link as the network keeps it. `send` on a closed one does nothing; of a message over `linkLimits.maxMessageBytes` it
 * throws a RangeError. What was sent belongs to the Link: do not change its bytes.
 */
export interface ManagedLink extends Link {
  readonly health: Value<LinkHealth>
}

/**
 * Proves this device to the other and has it prove itself (L2), then opens the Link. Resolves within
 * `linkLimits.openTimeoutMs`, never rejects.
 */
export const openLink = (_options: OpenLinkOptions): Promise<Result<ManagedLink, LinkCloseReason>> =>
  Promise.resolve(fail({ type: 'handshakeFailed', why: 'unfinished' }))
