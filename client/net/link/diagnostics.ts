import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LinkChannel, LinkCloseReason } from '../../core/ports.ts'

/** What a Link tells about itself, for the diagnostics and for nobody's logic (L7). */
export type LinkDiagnostic =
  | { type: 'opened'; device: DeviceId; tookMs: number }
  | { type: 'handshakeFailed'; device: DeviceId; reason: LinkCloseReason }
  | { type: 'closed'; device: DeviceId; reason: LinkCloseReason; theirReason?: string }
  /** A bug of ours in who listens; the Link goes on. */
  | { type: 'listenerThrew'; device: DeviceId; listener: LinkChannel | 'close' | 'health'; error: unknown }

/** What an event is about, in words for the diagnostics. */
export const whyOf = (event: LinkDiagnostic): string => {
  switch (event.type) {
    case 'opened':
      return `${event.tookMs} ms`
    case 'listenerThrew':
      return String(event.error)
    case 'handshakeFailed':
    case 'closed': {
      const { reason } = event
      const own = 'why' in reason ? `${reason.type}: ${reason.why}` : reason.type
      return 'theirReason' in event ? `${own} (${event.theirReason})` : own
    }
  }
}
