import type { CallProblem, Send } from '../../shared/api-call.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { createSessionCalls } from '../../shared/session.ts'
import { signTicket } from '../core/account/tickets.ts'

/** Why a device has no session and cannot get one: `signedOut` and `disabled` are the server's clear no. */
export type SessionProblem =
  | { type: 'signedOut' | 'disabled' | 'unreachable' | 'serverError' }
  | { type: 'tooManyTries'; retryAfterSeconds: number }

/** Whether the cookie still holds; `none` is the server's clear no. */
export type SessionState = 'open' | 'none' | 'unreachable'

/**
 * A browser does not tell why a WebSocket was refused, so this asks whether the session is the reason. A session of
 * another device, left by an older profile, is none.
 */
export const readSession = async (send: Send, device: DeviceId): Promise<SessionState> => {
  const answer = await createSessionCalls(send).read()
  if (!answer.ok) return answer.problem.type === 'signedOut' ? 'none' : 'unreachable'
  return answer.value.who?.device === device ? 'open' : 'none'
}

/** Comes back by the device's key, where its cookie is gone (A3). */
export const renewSession = async (
  send: Send,
  device: { id: DeviceId; sign(message: Bytes): Promise<Bytes> },
): Promise<Result<void, SessionProblem>> => {
  const calls = createSessionCalls(send)
  const challenge = await calls.challenge({ device: device.id })
  if (!challenge.ok) return fail(toSessionProblem(challenge.problem))
  const { ticket } = challenge.value
  const started = await calls.start({ ticket, signature: await signTicket(device, ticket) })
  return started.ok ? ok(undefined) : fail(toSessionProblem(started.problem))
}

const toSessionProblem = (problem: CallProblem): SessionProblem => {
  if (problem.type === 'tooManyTries') return problem
  if (problem.type === 'disabled' || problem.type === 'unreachable') return { type: problem.type }
  // A ticket that was too slow on its way says nothing of the device: only this word does.
  return { type: problem.type === 'deviceUnknown' ? 'signedOut' : 'serverError' }
}
