import { closeCodes } from '../../shared/signaling-messages.ts'
import type { ServerLimits } from '../server-limits.ts'
import { closeConnection, type Connection } from './connection.ts'

export interface HeartbeatOptions {
  connections: ReadonlySet<Connection>
  limits: Pick<ServerLimits, 'pingIntervalMs' | 'pingJitterMs' | 'missedPingsAllowed'>
  now: () => number
  /** A socket that is alive keeps its session in use. */
  onPing(connection: Connection): void
}

/**
 * Pings each socket every 30 s, give or take the jitter, and closes one that missed two (S5). One timer walks over all of
 * them: a timer a socket would cost more memory than the sockets' own data.
 */
export const startHeartbeat = (options: HeartbeatOptions): { stop(): void } => {
  const { connections, limits, now } = options
  const nextAt = (): number =>
    now() + limits.pingIntervalMs + Math.round((Math.random() * 2 - 1) * limits.pingJitterMs)

  const visit = (connection: Connection): void => {
    if (connection.nextPingAt === 0) connection.nextPingAt = nextAt()
    if (now() < connection.nextPingAt) return
    if (connection.unansweredPings >= limits.missedPingsAllowed) {
      return closeConnection(connection, closeCodes.noPong, 'no answer to pings')
    }
    connection.unansweredPings += 1
    connection.nextPingAt = nextAt()
    if (connection.socket.readyState === connection.socket.OPEN) connection.socket.ping()
    options.onPing(connection)
  }
  const timer = setInterval(
    () => {
      for (const connection of connections) visit(connection)
    },
    Math.min(1_000, limits.pingIntervalMs / 4),
  )
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
