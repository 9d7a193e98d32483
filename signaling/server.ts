import { ok, type Result } from '../shared/result.ts'
import { createApp } from './app.ts'
import { invitationLink, makeOwnerInvitation } from './auth/invitation-secret.ts'
import type { CertificateKeeper } from './certificates/certificate-keeper.ts'
import { openListeners, type Listeners } from './listeners.ts'
import { createLog, type ServerLog } from './log.ts'
import { openState } from './open-state.ts'
import { openRelay } from './relay/open-relay.ts'
import type { ServerConfig } from './server-config.ts'
import { describeStartProblem, type StartProblem } from './start-problem.ts'

export type { ServerConfig } from './server-config.ts'

export interface RunningServer {
  httpPort: number
  /** Undefined where a proxy does the HTTPS. */
  httpsPort: number | undefined
  /** The link that makes whoever opens it the owner, at an origin of this server; undefined once there is one. */
  ownerLink(origin: string): string | undefined
  /** SHA-256 of the family's own authority; undefined with a certificate from elsewhere, or none. */
  authorityFingerprint: string | undefined
  /** Where the family's own relay can be reached; undefined where there is none, or none just now. */
  relayAddress(): { address: string; port: number } | undefined
  /** How much is alive right now. */
  counts(): { sockets: number; topics: number }
  /** Says goodbye to all, drains and frees the ports, in under 5 s (S7). */
  close(): Promise<void>
}

const certificateCheckMs = 60_000

/** Puts the server together and listens. Whatever the reader can mend comes back as a problem. */
export const startServer = async (config: ServerConfig): Promise<Result<RunningServer, StartProblem>> => {
  const now = Date.now
  const log = createLog(config)
  const state = await openState(config, now)
  if (!state.ok) return state
  const { store, keeper } = state.value
  // Before anybody asks for it.
  const relay = await openRelay(config, store.settings, log)

  const listening: { httpsPort?: number | undefined } = {}
  const app = await createApp({
    config,
    state: state.value,
    now,
    log,
    relay,
    httpsPort: () => listening.httpsPort,
  })
  const listeners = await openListeners(config, app, keeper?.current)
  if (!listeners.ok) {
    await app.stop()
    await relay?.stop()
    await state.value.close()
    return listeners
  }
  listening.httpsPort = listeners.value.httpsPort
  const renewal = keeper ? keepCertificateFresh(keeper, listeners.value, log) : undefined
  // Once it listens: a start that fails leaves the link of the one before as it is.
  const isNew = !(await store.accounts.hasOwner())
  const secret = isNew ? await makeOwnerInvitation(store, app.limits.invitationMs, now()) : undefined

  return ok({
    httpPort: listeners.value.httpPort,
    httpsPort: listeners.value.httpsPort,
    ownerLink: (origin) => (secret === undefined ? undefined : invitationLink(origin, secret)),
    authorityFingerprint: keeper?.authority?.authorityFingerprint,
    relayAddress: () => {
      const address = relay?.address()
      return relay === undefined || address === undefined ? undefined : { address, port: relay.port }
    },
    counts: () => ({ sockets: app.lobby.connections.size, topics: app.lobby.topicCount }),
    close: async () => {
      clearInterval(renewal)
      const stopped = listeners.value.stop()
      app.lobby.sendHome()
      await Promise.all([stopped, app.lobby.emptied()])
      await Promise.all([app.stop(), relay?.stop()])
      await state.value.close()
    },
  })
}

/** A laptop gets a new address, a month passes: the certificate follows, without a restart. */
const keepCertificateFresh = (
  keeper: CertificateKeeper,
  listeners: Listeners,
  log: ServerLog,
): NodeJS.Timeout => {
  const check = async (): Promise<void> => {
    const renewed = await keeper.check()
    if (!renewed.ok) log.error(describeStartProblem(renewed.problem))
    else if (renewed.value) listeners.setCertificate(renewed.value)
  }
  const timer = setInterval(() => void check(), certificateCheckMs)
  timer.unref()
  return timer
}
