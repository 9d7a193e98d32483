import * as v from 'valibot'
import { sessionRequestSchema, type SessionAnswer } from '../../shared/session.ts'
import type { Attempts } from '../attempts.ts'
import type { FamilySecret } from '../family-secret.ts'
import type { Session, Sessions } from '../sessions.ts'
import { readJsonBody } from './body.ts'
import { answerEmpty, answerJson, type Exchange } from './exchange.ts'
import { readSessionCookie, sessionCookie } from './session-cookie.ts'
import { isOwnOrigin } from './whereabouts.ts'

export interface SessionApiOptions {
  family: FamilySecret
  sessions: Sessions
  attempts: Attempts
  publicUrl: string | undefined
  maxBodyBytes: number
  sessionLifetimeMs: number
  /** Settles once new sessions are on the disk. */
  saved(): Promise<void>
}

export interface SessionApi {
  handle(exchange: Exchange): Promise<void>
  sessionOf(exchange: Pick<Exchange, 'request' | 'where'>): Session | undefined
}

/** Coming in, staying in, leaving (A3, A6, A7 in small): see shared/session.ts. */
export const createSessionApi = (options: SessionApiOptions): SessionApi => {
  const { sessions, attempts } = options

  const sessionOf: SessionApi['sessionOf'] = ({ request, where }) => {
    const token = readSessionCookie(request, where)
    return token === undefined ? undefined : sessions.find(token)
  }
  const isFromOurPages = ({ request, where }: Exchange): boolean =>
    request.headers['sec-fetch-site'] === 'same-origin' ||
    isOwnOrigin(request.headers.origin, where, options.publicUrl)

  const start = async (exchange: Exchange): Promise<void> => {
    const { request, where } = exchange
    const waitMs = attempts.waitMs(where.address)
    if (waitMs > 0) return answerEmpty(exchange, 429, { 'Retry-After': String(Math.ceil(waitMs / 1000)) })
    const body = await readJsonBody(request, options.maxBodyBytes)
    if (!body.ok) {
      return answerEmpty(exchange, body.problem === 'tooLarge' ? 413 : 400, { Connection: 'close' })
    }
    const parsed = v.safeParse(sessionRequestSchema, body.value)
    if (!parsed.success) return answerEmpty(exchange, 400)
    const { code, device } = parsed.output
    if (!options.family.admits(code)) {
      attempts.failed(where.address)
      return answerEmpty(exchange, 403)
    }
    const before = sessionOf(exchange)
    if (before?.device === device) return renew(exchange)
    // A browser has one cookie: the session it held before would be lost, and linger for a month.
    if (before) sessions.end(before.key)
    const token = sessions.start(device)
    if (token === undefined) return answerEmpty(exchange, 503, { 'Retry-After': '60' })
    await options.saved()
    answerEmpty(exchange, 204, { 'Set-Cookie': sessionCookie(where, token, options.sessionLifetimeMs) })
  }

  const renew = (exchange: Exchange): void => {
    const token = readSessionCookie(exchange.request, exchange.where) ?? ''
    answerEmpty(exchange, 204, {
      'Set-Cookie': sessionCookie(exchange.where, token, options.sessionLifetimeMs),
    })
  }

  const show = (exchange: Exchange): void => {
    const session = sessionOf(exchange)
    if (!session) return answerEmpty(exchange, 401)
    const token = readSessionCookie(exchange.request, exchange.where) ?? ''
    const answer: SessionAnswer = { device: session.device }
    answerJson(exchange, answer, {
      'Set-Cookie': sessionCookie(exchange.where, token, options.sessionLifetimeMs),
    })
  }

  const end = async (exchange: Exchange): Promise<void> => {
    const session = sessionOf(exchange)
    if (session) {
      sessions.end(session.key)
      await options.saved()
    }
    answerEmpty(exchange, 204, { 'Set-Cookie': sessionCookie(exchange.where, '', 0) })
  }

  return {
    sessionOf,
    handle: async (exchange) => {
      const method = exchange.request.method ?? ''
      switch (method) {
        case 'GET':
          return show(exchange)
        case 'POST':
          return isFromOurPages(exchange) ? start(exchange) : answerEmpty(exchange, 403)
        case 'DELETE':
          return isFromOurPages(exchange) ? end(exchange) : answerEmpty(exchange, 403)
        default:
          return answerEmpty(exchange, 405, { Allow: 'GET, POST, DELETE' })
      }
    },
  }
}
