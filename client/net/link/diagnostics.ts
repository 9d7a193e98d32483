import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LinkChannel, LinkCloseReason } from '../../core/ports.ts'

/** What a Link tells about itself, for the diagnostics and for nobody's logic (L7). */
export type LinkDiagnostic =
  | { type: 'opened'; device: DeviceId; tookMs: number }
  | { type: 'handshakeFailed'; device: DeviceId; reason: LinkCloseReason }
  | { type: 'closed'; device: DeviceId; reason: LinkCloseReason; theirReason?: string }
  /** A bug of ours in who listens; the Link goes on. */
  | { type: 'listenerThrew'; device: DeviceId; listener: LinkChannel | 'close' | 'health'; error: unknown }
