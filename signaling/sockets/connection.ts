import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { AccountId, DeviceId, Topic } from '../../shared/identifiers.ts'
import type { FromServer } from '../../shared/signaling-messages.ts'
import type { SessionKey } from '../data/stored.ts'
import type { TokenBucket } from '../token-bucket.ts'
import type { Rate } from './rate.ts'

/** One device's socket and all that is known of it. Plain data: the rules are in lobby.ts. */
export interface Connection extends Rate {
  readonly socket: WebSocket
  /** The TCP or TLS connection under it. */
  readonly wire: Duplex
  readonly device: DeviceId
  readonly account: AccountId
  readonly session: SessionKey
  /** When the session was last written down as used. */
  usedAt: number
  readonly openedAt: number
  readonly topics: Set<Topic>
  readonly bucket: TokenBucket
  nextPingAt: number
  unansweredPings: number
}

/** Close reasons are for people reading a network log: short, and at most 123 bytes (RFC 6455, 5.5). */
export const closeConnection = ({ socket }: Connection, code: number, reason: string): void => {
  if (socket.readyState === socket.OPEN) socket.close(code, reason)
}

export const encode = (message: FromServer): string => JSON.stringify(message)

/**
 * A signal, which is nearly all there is to send: what `encode` would make of it. Both parts are base64url, so there is nothing
 * to escape, and looking for it would cost more than all else.
 */
export const encodeSignal = (from: DeviceId, box: string): string =>
  `{"type":"signal","from":"${from}","box":"${box}"}`
