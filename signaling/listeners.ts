import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https'
import { ok, type Result } from '../shared/result.ts'
import type { App } from './app.ts'
import type { TlsFiles } from './certificates/local-certificates.ts'
import type { Listener } from './http/http-app.ts'
import { listenOn, stopListening } from './listening.ts'
import type { ServerConfig } from './server-config.ts'
import type { StartProblem } from './start-problem.ts'

/** The two ports the family knocks at. */
export interface Listeners {
  httpPort: number
  httpsPort: number | undefined
  /** Serves new connections with this certificate from now on. */
  setCertificate(files: TlsFiles): void
  stop(): Promise<void>
}

const maxHeaderBytes = 8 * 1024
/** How often Node looks for connections that exceed their time: its own 30 s would let a slow one have three times its due. */
const lookForSlowEveryMs = 2_000
/** Requests in flight get this long to end (S7). */
const patienceMs = 3_000

export const openListeners = async (
  config: ServerConfig,
  app: App,
  certificate: TlsFiles | undefined,
): Promise<Result<Listeners, StartProblem>> => {
  const { host } = config
  const open: Server[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(open.map((server) => stopListening(server, patienceMs)))
  }
  const options = {
    maxHeaderSize: maxHeaderBytes,
    connectionsCheckingInterval: lookForSlowEveryMs,
    headersTimeout: app.limits.headersTimeoutMs,
    requestTimeout: app.limits.requestTimeoutMs,
    keepAliveTimeout: app.limits.keepAliveTimeoutMs,
  }
  const attach = (server: Server, listener: Omit<Listener, 'trustProxy'>): void => {
    const handlers = app.handlersFor({ ...listener, trustProxy: config.trustProxy ?? false })
    server.on('request', handlers.request)
    server.on('upgrade', handlers.upgrade)
  }

  let https: HttpsServer | undefined
  let httpsPort: number | undefined
  if (certificate && config.httpsPort !== 'off') {
    https = createHttpsServer({ ...options, ...certificate, handshakeTimeout: app.limits.headersTimeoutMs })
    attach(https, { isTls: true, plainForLoopbackOnly: false })
    const port = await listenOn(https, { host, port: config.httpsPort, flag: '--https-port' })
    if (!port.ok) return port
    open.push(https)
    httpsPort = port.value
  }
  const http = createHttpServer(options)
  attach(http, { isTls: false, plainForLoopbackOnly: https !== undefined })
  const httpPort = await listenOn(http, { host, port: config.httpPort, flag: '--http-port' })
  if (!httpPort.ok) {
    await stop()
    return httpPort
  }
  open.push(http)
  return ok({
    httpPort: httpPort.value,
    httpsPort,
    setCertificate: (files) => https?.setSecureContext(files),
    stop,
  })
}
