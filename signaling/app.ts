import { fileURLToPath } from 'node:url'
import { createAttempts } from './attempts.ts'
import { createSessionsWriter, type SessionsWriter } from './data/sessions-file.ts'
import { readClientFiles } from './http/client-files.ts'
import { createHttpApp, type HttpHandler, type Listener } from './http/http-app.ts'
import { createSessionApi } from './http/session-api.ts'
import { createTrustPage } from './http/trust-page.ts'
import type { StoredState } from './open-state.ts'
import type { ServerConfig } from './server-config.ts'
import { defaultLimits, type ServerLimits } from './server-limits.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { startHeartbeat } from './sockets/heartbeat.ts'
import { createLobby, type Lobby } from './sockets/lobby.ts'
import { createUpgrades, type UpgradeHandler } from './sockets/upgrade.ts'

/** The server without its ports: what answers requests and sockets, however they came in. */
export interface App {
  limits: ServerLimits
  lobby: Lobby
  sessions: Sessions
  writer: SessionsWriter
  handlersFor(listener: Listener): { request: HttpHandler; upgrade: UpgradeHandler }
  stop(): void
}

export interface AppOptions {
  config: ServerConfig
  state: StoredState
  now: () => number
  report(line: string): void
  /** Known once it listens. */
  httpsPort: () => number | undefined
}

const builtClient = fileURLToPath(new URL('../dist/client', import.meta.url))
/** How long a socket that is being closed may take to say goodbye (S7: all is over in under 5 s). */
const goodbyeMs = 2_000

export const createApp = async ({ config, state, now, report, httpsPort }: AppOptions): Promise<App> => {
  const limits: ServerLimits = { ...defaultLimits, ...config.limits }
  const lobby = createLobby({ limits, now, log: config.log === 'debug' ? report : () => undefined })
  const writer = createSessionsWriter(state.sessionsFile, report)
  const sessions = createSessions({
    stored: state.sessions,
    now,
    lifetimeMs: limits.sessionLifetimeMs,
    maxSessions: limits.maxSessions,
    save: writer.save,
    inUse: () => new Set([...lobby.connections].map(({ session }) => session)),
    onEnd: lobby.closeSession,
  })
  const session = createSessionApi({
    family: state.family,
    sessions,
    attempts: createAttempts(limits.admissionsPerMinute, now),
    publicUrl: config.url,
    maxBodyBytes: limits.maxBodyBytes,
    sessionLifetimeMs: limits.sessionLifetimeMs,
    saved: writer.settled,
  })
  const http = {
    session,
    ice: { urls: config.iceUrls ?? [], turnSecret: config.turnSecret },
    trust: await createTrustPage({ authority: state.keeper?.authority, httpsPort }),
    client: await readClientFiles(config.clientFolder ?? builtClient),
    maxUrlChars: limits.maxUrlChars,
    now,
    report,
  }
  const upgrade = createUpgrades({
    session,
    lobby,
    publicUrl: config.url,
    maxFrameBytes: limits.maxFrameBytes,
    goodbyeMs,
  })
  const heartbeat = startHeartbeat({
    connections: lobby.connections,
    limits,
    now,
    onPing: (connection) => sessions.touch(connection.session),
  })
  return {
    limits,
    lobby,
    sessions,
    writer,
    handlersFor: (listener) => ({ request: createHttpApp(http, listener), upgrade: upgrade(listener) }),
    stop: heartbeat.stop,
  }
}
