import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createAttempts } from './attempts.ts'
import type { AuthServices } from './auth/auth-services.ts'
import { openOpaqueServer } from './auth/opaque-server.ts'
import { createTicketMeter } from './auth/ticket-meter.ts'
import { startHousekeeping } from './housekeeping.ts'
import { accountApi } from './http/api/all-routes.ts'
import { iceRoutes } from './http/api/ice-api.ts'
import { overviewRoutes } from './http/api/overview-api.ts'
import { createApiRouter } from './http/api-router.ts'
import { readClientFiles } from './http/client-files.ts'
import { createHttpApp, type HttpHandler, type Listener } from './http/http-app.ts'
import { createTrustPage } from './http/trust-page.ts'
import { visitorOf, type Asker } from './http/visitors.ts'
import { createJournal } from './journal.ts'
import type { ServerLog } from './log.ts'
import type { StoredState } from './open-state.ts'
import type { OwnRelay } from './relay/open-relay.ts'
import type { ServerConfig } from './server-config.ts'
import { defaultLimits, type ServerLimits } from './server-limits.ts'
import { createSessions } from './sessions.ts'
import { startHeartbeat } from './sockets/heartbeat.ts'
import { createLobby, type Lobby } from './sockets/lobby.ts'
import { createUpgrades, type UpgradeHandler } from './sockets/upgrade.ts'
import { readVersion } from './version.ts'

/** The server without its ports: what answers requests and sockets, however they came in. */
export interface App {
  limits: ServerLimits
  lobby: Lobby
  handlersFor(listener: Listener): { request: HttpHandler; upgrade: UpgradeHandler }
  /** Stops what it does by itself, and writes what it still has to write. */
  stop(): Promise<void>
}

export interface AppOptions {
  config: ServerConfig
  state: StoredState
  now: () => number
  log: ServerLog
  relay: OwnRelay | undefined
  /** Known once it listens. */
  httpsPort: () => number | undefined
}

const builtClient = fileURLToPath(new URL('../dist/client', import.meta.url))
/** How long a socket that is being closed may take to say goodbye (S7: all is over in under 5 s). */
const goodbyeMs = 2_000

export const createApp = async ({ config, state, now, log, relay, httpsPort }: AppOptions): Promise<App> => {
  const { store } = state
  const limits: ServerLimits = { ...defaultLimits, ...config.limits }
  const report = (what: string, error: unknown): void => log.error({ err: error }, what)
  const journal = createJournal({ store, log, now })
  const lobby = createLobby({ limits, now, journal })
  const sessions = createSessions({
    store: store.sessions,
    now,
    lifetimeMs: limits.sessionLifetimeMs,
    open: () => lobby.connections,
    closeSockets: lobby.closeSessions,
    report,
  })
  const nameKey = await store.settings.keepFirst('name-key', randomBytes(32).toString('base64url'))
  const services: AuthServices = {
    store,
    opaque: await openOpaqueServer(store.settings),
    sessions,
    attempts: createAttempts({ store: store.limits, limits, now }),
    ticketMeter: createTicketMeter({ limits, now }),
    journal,
    limits,
    nameKey: Buffer.from(nameKey, 'base64url'),
    connected: {
      devices: () => new Set([...lobby.connections].map(({ device }) => device)),
      accounts: () => new Set([...lobby.connections].map(({ account }) => account)),
    },
    now,
  }
  const whoAsks = (asker: Asker) => visitorOf(sessions, asker)
  const ice = {
    urls: config.iceUrls ?? [],
    turnSecret: config.turnSecret,
    lifetimeMs: config.turnLifetimeMs,
    relay,
  }
  const http = {
    api: createApiRouter({
      routes: [
        ...accountApi(services),
        ...iceRoutes(ice, now),
        ...overviewRoutes({ services, lobby, version: readVersion(), startedAt: now() }),
      ],
      visitorOf: whoAsks,
      publicUrl: config.url,
      maxBodyBytes: limits.maxBodyBytes,
    }),
    trust: await createTrustPage({ authority: state.keeper?.authority, httpsPort }),
    client: await readClientFiles(config.clientFolder ?? builtClient),
    maxUrlChars: limits.maxUrlChars,
    report,
  }
  const upgrade = createUpgrades({
    visitorOf: whoAsks,
    lobby,
    publicUrl: config.url,
    maxFrameBytes: limits.maxFrameBytes,
    goodbyeMs,
    onRefusal: (address, status) => journal.note('socketRefused', { address, why: String(status) }),
    report,
  })
  const heartbeat = startHeartbeat({ connections: lobby.connections, limits, now, onPing: sessions.touch })
  const housekeeping = startHousekeeping({ store, limits, now, report })
  return {
    limits,
    lobby,
    handlersFor: (listener) => ({ request: createHttpApp(http, listener), upgrade: upgrade(listener) }),
    stop: async () => {
      heartbeat.stop()
      housekeeping.stop()
      sessions.stop()
      await journal.stop()
    },
  }
}
