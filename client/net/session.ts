import * as v from 'valibot'
import type { AdmissionCode, DeviceId } from '../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { sessionAnswerSchema, sessionPath, type SessionRequest } from '../../shared/session.ts'

export type SessionProblem =
  | { type: 'wrongLink' }
  | { type: 'tooManyTries'; retryAfterSeconds: number }
  | { type: 'unreachable' }
  | { type: 'serverError' }

/** Whether the cookie still holds; `none` is the server's clear no. */
export type SessionState = 'open' | 'none' | 'unreachable'

export interface SessionOptions {
  code: AdmissionCode
  device: DeviceId
}

/** Waits this long when the server says "later" without saying when. */
const defaultRetrySeconds = 60

const retryAfterSchema = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number))

const requestTimeoutMs = 10_000

/** A fetch of this server's own API; undefined when it cannot be reached in time. */
const request = async (init: RequestInit): Promise<Response | undefined> => {
  try {
    const signal = AbortSignal.timeout(requestTimeoutMs)
    return await fetch(sessionPath, { ...init, signal, cache: 'no-store', credentials: 'same-origin' })
  } catch {
    return undefined // fetch has one exception for every way in which a network fails
  }
}

/** Shows the server the family's admission code and gets a session cookie for it (A3). */
export const openSession = async ({
  code,
  device,
}: SessionOptions): Promise<Result<void, SessionProblem>> => {
  const body: SessionRequest = { code, device }
  const answer = await request({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (answer === undefined) return fail({ type: 'unreachable' })
  if (answer.ok) return ok(undefined)
  if (answer.status === 403) return fail({ type: 'wrongLink' })
  if (answer.status === 429) {
    const after = v.safeParse(retryAfterSchema, answer.headers.get('retry-after'))
    return fail({
      type: 'tooManyTries',
      retryAfterSeconds: after.success ? after.output : defaultRetrySeconds,
    })
  }
  return fail({ type: 'serverError' })
}

/**
 * A browser does not tell why a WebSocket was refused, so this asks whether the session is the reason. A session of
 * another device, left by an older profile, is none.
 */
export const readSession = async (device: DeviceId): Promise<SessionState> => {
  const answer = await request({ method: 'GET' })
  if (answer === undefined) return 'unreachable'
  if (answer.status === 401) return 'none'
  if (!answer.ok) return 'unreachable'
  try {
    const parsed = v.safeParse(sessionAnswerSchema, await answer.json())
    return parsed.success && parsed.output.device === device ? 'open' : 'none'
  } catch {
    return 'unreachable' // somebody else's answer, such as the sign-in page of a hotel's network
  }
}
