import type { IncomingMessage, ServerResponse } from 'node:http'
import { icePath } from '../../shared/ice.ts'
import { sessionPath } from '../../shared/session.ts'
import { createIceAnswer, type IceSettings } from '../ice.ts'
import type { ClientFiles } from './client-files.ts'
import { answerEmpty, answerJson, answerText, type Exchange } from './exchange.ts'
import { securityHeaders } from './security-headers.ts'
import { serveClient } from './serve-file.ts'
import type { SessionApi } from './session-api.ts'
import type { TrustPage } from './trust-page.ts'
import { readWhereabouts, type Whereabouts } from './whereabouts.ts'

export interface Listener {
  isTls: boolean
  trustProxy: boolean
  /**
   * Whether plain HTTP is given to this machine only. Others would have no secure context, and so no camera, WebCrypto or
   * service worker: they are shown the way to HTTPS instead. Not so behind a proxy, which has made it HTTPS already.
   */
  plainForLoopbackOnly: boolean
}

export interface HttpAppOptions {
  session: SessionApi
  ice: IceSettings
  trust: TrustPage
  client: ClientFiles
  maxUrlChars: number
  now: () => number
  report(line: string): void
}

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void

export const mayUseApp = (listener: Listener, where: Whereabouts): boolean =>
  listener.isTls || !listener.plainForLoopbackOnly || where.isLoopback

export const createHttpApp = (options: HttpAppOptions, listener: Listener): HttpHandler => {
  const route = (exchange: Exchange): Promise<void> | void => {
    const { path, where } = exchange
    if (path === '/api/health') return answerJson(exchange, { ok: true })
    if (options.trust.isFor(path)) return options.trust.serve(exchange)
    if (!mayUseApp(listener, where)) {
      // Not for good (302): later this host may have a certificate of its own.
      return answerEmpty(exchange, 302, { Location: '/trust' })
    }
    if (path === sessionPath) return options.session.handle(exchange)
    if (path === icePath) return answerIce(exchange)
    if (path.startsWith('/api/')) return answerEmpty(exchange, 404)
    return serveClient(exchange, options.client)
  }

  const answerIce = (exchange: Exchange): void => {
    if (exchange.request.method !== 'GET') return answerEmpty(exchange, 405, { Allow: 'GET' })
    if (!options.session.sessionOf(exchange)) return answerEmpty(exchange, 401)
    answerJson(exchange, createIceAnswer(options.ice, options.now()))
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const where = readWhereabouts(request, listener)
    const [path = ''] = (request.url ?? '').split('?')
    if (!where || !path.startsWith('/')) {
      response.writeHead(400, { Connection: 'close', 'Content-Length': 0 }).end()
      return
    }
    for (const [name, value] of Object.entries(securityHeaders(where))) response.setHeader(name, value)
    const exchange = { request, response, path, where }
    if ((request.url ?? '').length > options.maxUrlChars) return answerEmpty(exchange, 414)
    try {
      await route(exchange)
    } catch (error) {
      // The one handler at the top: a bug costs its request, not the process.
      options.report(
        `A request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
      if (response.headersSent) response.destroy()
      else answerText(exchange, 500, 'Something went wrong here. Please try again.\n')
    }
  }
  return (request, response) => void handle(request, response)
}
