import type { ApiProblem, ApiProblemWord } from '../../shared/api-problem.ts'
import { answerJson, type Exchange } from './exchange.ts'
import { sessionCookie } from './session-cookie.ts'

/** What a request under /api comes to. */
export type ApiAnswer =
  | { ok: true; body: object; cookie?: CookieChange | undefined }
  | { ok: false; problem: ApiProblemWord; retryAfterSeconds?: number; cookie?: CookieChange | undefined }

/** A new or renewed session's token; the empty one takes the cookie back. */
export interface CookieChange {
  token: string
  lifetimeMs: number
}

export const answer = (body: object, cookie?: CookieChange): ApiAnswer => ({ ok: true, body, cookie })
export const done = (cookie?: CookieChange): ApiAnswer => answer({}, cookie)
export const refuse = (problem: ApiProblemWord): ApiAnswer => ({ ok: false, problem })
export const refuseFor = (waitMs: number): ApiAnswer => ({
  ok: false,
  problem: 'tooManyTries',
  retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
})

const statuses: Readonly<Record<ApiProblemWord, number>> = {
  malformed: 400,
  signedOut: 401,
  notAllowed: 403,
  foreignOrigin: 403,
  wrongLogin: 403,
  wrongProof: 403,
  disabled: 403,
  deviceUnknown: 403,
  notFound: 404,
  nameTaken: 409,
  invitationUnknown: 410,
  invitationUsed: 410,
  invitationExpired: 410,
  invitationRevoked: 410,
  tooLarge: 413,
  tooManyTries: 429,
  serverError: 500,
}

export const sendApiAnswer = (
  exchange: Exchange,
  result: ApiAnswer,
  headers: Readonly<Record<string, string>> = {},
  status?: number,
): void => {
  const cookies = result.cookie
    ? { 'Set-Cookie': sessionCookie(exchange.where, result.cookie.token, result.cookie.lifetimeMs) }
    : {}
  if (result.ok) return answerJson(exchange, result.body, { ...cookies, ...headers })
  const { problem, retryAfterSeconds } = result
  const body: ApiProblem = { problem, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
  const wait = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }
  answerJson(exchange, body, { ...cookies, ...wait, ...headers }, status ?? statuses[problem])
}
