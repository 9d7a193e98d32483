import type { HandshakeRefusal, LinkRefusal } from '../core/ports.ts'
import type { LinkDiagnostic } from './link/diagnostics.ts'
import type { Refusal } from './link/handshake-messages.ts'

/** What of a failed handshake is the other's doing: neither our own failing nor a connection that was too slow. */
const handshakeRefusals: Readonly<Record<string, HandshakeRefusal | undefined>> = {
  illFormed: 'brokenHandshake',
  outOfTurn: 'brokenHandshake',
  wrongVersion: 'otherVersion',
  ownKeyReflected: 'notItself',
  badKey: 'notItself',
  unexpectedDevice: 'notItself',
  wrongProof: 'notItself',
  notOfThisFamily: 'notOfThisFamily',
  revoked: 'revoked',
  timedOut: undefined,
  failed: undefined,
} satisfies Record<Refusal, HandshakeRefusal | undefined>

/** What a Link tells about itself, as something refused, where it is. */
export const readLinkRefusal = (event: LinkDiagnostic): LinkRefusal | undefined => {
  if (event.type !== 'handshakeFailed' && event.type !== 'closed') return undefined
  const { device, reason } = event
  if (reason.type === 'handshakeFailed') {
    // Details stand behind a colon.
    const why = handshakeRefusals[reason.why.split(':')[0] ?? '']
    return why && { device, about: { type: 'door' }, why }
  }
  // A handshake that ends as `refused` was refused by the other.
  if (event.type === 'handshakeFailed') return undefined
  if (reason.type === 'badFrame') return { device, about: { type: 'link' }, why: 'badFrame' }
  return reason.type === 'refused' ? { device, about: { type: 'link' }, why: 'shownOut' } : undefined
}
