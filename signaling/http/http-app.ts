import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse, sendApiAnswer } from './api-answer.ts'
import type { ClientFiles } from './client-files.ts'
import { answerEmpty, answerJson, answerText, type Exchange } from './exchange.ts'
import { securityHeaders } from './security-headers.ts'
import { serveClient } from './serve-file.ts'
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
  api(exchange: Exchange): Promise<void>
  trust: TrustPage
  client: ClientFiles
  maxUrlChars: number
  report(what: string, error: unknown): void
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
    if (path.startsWith('/api/')) return options.api(exchange)
    return serveClient(exchange, options.client)
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
      options.report('a request failed', error)
      if (response.headersSent) response.destroy()
      else if (path.startsWith('/api/')) sendApiAnswer(exchange, refuse('serverError'))
      else answerText(exchange, 500, 'Something went wrong here. Please try again.\n')
    }
  }
  return (request, response) => void handle(request, response)
}
