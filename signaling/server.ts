import { ok, type Result } from '../shared/result.ts'
import { createApp } from './app.ts'
import type { CertificateKeeper } from './certificates/certificate-keeper.ts'
import { openListeners, type Listeners } from './listeners.ts'
import { openState } from './open-state.ts'
import type { ServerConfig } from './server-config.ts'
import { describeStartProblem, type StartProblem } from './start-problem.ts'

export type { ServerConfig } from './server-config.ts'

export interface RunningServer {
  httpPort: number
  /** Undefined where a proxy does the HTTPS. */
  httpsPort: number | undefined
  /** The link that lets people in, at an origin of this server: `https://nas.local:8443`. */
  familyLink(origin: string): string
  /** SHA-256 of the family's own authority; undefined with a certificate from elsewhere, or none. */
  authorityFingerprint: string | undefined
  /** How much is alive right now. */
  counts(): { sockets: number; topics: number; sessions: number }
  /** Says goodbye to all, drains and frees the ports, in under 5 s (S7). */
  close(): Promise<void>
}

const certificateCheckMs = 60_000

const report = (line: string): void => void process.stderr.write(`${line}\n`)

/** Puts the server together and listens. Whatever the reader can mend comes back as a problem. */
export const startServer = async (config: ServerConfig): Promise<Result<RunningServer, StartProblem>> => {
  const now = Date.now
  const state = await openState(config, now)
  if (!state.ok) return state
  const { family, keeper } = state.value

  const listening: { httpsPort?: number | undefined } = {}
  const app = await createApp({
    config,
    state: state.value,
    now,
    report,
    httpsPort: () => listening.httpsPort,
  })
  const listeners = await openListeners(config, app, keeper?.current)
  if (!listeners.ok) {
    app.stop()
    return listeners
  }
  listening.httpsPort = listeners.value.httpsPort
  const renewal = keeper ? keepCertificateFresh(keeper, listeners.value) : undefined

  return ok({
    httpPort: listeners.value.httpPort,
    httpsPort: listeners.value.httpsPort,
    familyLink: family.linkAt,
    authorityFingerprint: keeper?.authority?.authorityFingerprint,
    counts: () => ({
      sockets: app.lobby.connections.size,
      topics: app.lobby.topicCount,
      sessions: app.sessions.count,
    }),
    close: async () => {
      clearInterval(renewal)
      app.stop()
      const stopped = listeners.value.stop()
      app.lobby.sendHome()
      await Promise.all([stopped, app.lobby.emptied()])
      await app.writer.settled()
    },
  })
}

/** A laptop gets a new address, a month passes: the certificate follows, without a restart. */
const keepCertificateFresh = (keeper: CertificateKeeper, listeners: Listeners): NodeJS.Timeout => {
  const check = async (): Promise<void> => {
    const renewed = await keeper.check()
    if (!renewed.ok) report(describeStartProblem(renewed.problem))
    else if (renewed.value) listeners.setCertificate(renewed.value)
  }
  const timer = setInterval(() => void check(), certificateCheckMs)
  timer.unref()
  return timer
}
