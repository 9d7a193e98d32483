import { fail, ok, type Result } from '../../../shared/result.ts'
import { concatBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { LinkCloseReason } from '../../core/ports.ts'

/** What travels on the control channel: a kind (1 byte), then what the kind says. The Link keeps all but `message` and `media`. */
const kinds = { message: 0, ping: 1, pong: 2, bye: 3, media: 4 } as const

/** Why the other side closed, in the order of their codes. Append only. */
const byeReasons = [
  'closedHere',
  'closedThere',
  'replaced',
  'dead',
  'handshakeFailed',
  'badFrame',
  'refused',
] as const satisfies readonly LinkCloseReason['type'][]
export type ByeReason = (typeof byeReasons)[number]

export type ControlMessage =
  /** For whoever listens on the channel. */
  | { type: 'message'; body: Bytes }
  /** For the media lines of the connection below (C3). */
  | { type: 'media'; body: Bytes }
  /** L6: the number comes back in the pong, so that a late answer is not taken for a quick one. */
  | { type: 'ping'; number: number }
  | { type: 'pong'; number: number }
  | { type: 'bye'; reason: ByeReason }

export interface ControlProblem {
  type: 'badControlMessage'
}

const encodeNumbered = (kind: number, number: number): Bytes => {
  const bytes = new Uint8Array(5)
  bytes[0] = kind
  new DataView(bytes.buffer).setUint32(1, number, true)
  return bytes
}

export const encodeControl = (message: ControlMessage): Bytes => {
  switch (message.type) {
    case 'message':
    case 'media':
      return concatBytes(Uint8Array.of(kinds[message.type]), message.body)
    case 'ping':
      return encodeNumbered(kinds.ping, message.number)
    case 'pong':
      return encodeNumbered(kinds.pong, message.number)
    case 'bye':
      return Uint8Array.of(kinds.bye, byeReasons.indexOf(message.reason))
  }
}

export const parseControl = (bytes: Bytes): Result<ControlMessage, ControlProblem> => {
  const problem = fail({ type: 'badControlMessage' } as const)
  switch (bytes[0]) {
    case kinds.message:
      return ok({ type: 'message', body: bytes.slice(1) })
    case kinds.media:
      return ok({ type: 'media', body: bytes.slice(1) })
    case kinds.ping:
    case kinds.pong: {
      if (bytes.length !== 5) return problem
      const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1, true)
      return ok({ type: bytes[0] === kinds.ping ? 'ping' : 'pong', number })
    }
    case kinds.bye: {
      const reason = byeReasons[bytes[1] ?? byeReasons.length]
      return bytes.length === 2 && reason !== undefined ? ok({ type: 'bye', reason }) : problem
    }
    case undefined:
    default:
      return problem
  }
}
