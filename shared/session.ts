import * as v from 'valibot'
import { callApi, doneSchema, type Send } from './api-call.ts'
import { accountIdSchema, bytesSchema, deviceIdSchema, ticketSchema } from './identifiers.ts'
import { accountLimits } from './limits.ts'
import { roleSchema } from './roles.ts'

/**
 * Sessions (A3): a device certificate bound to a random token in a cookie.
 *
 * POST /api/session {ticket, certificate, signature} — after a login or recovery: binds the device to a session.
 * POST /api/session {ticket, signature} — a device whose cookie is gone comes back by its key; the ticket is from `challenge`.
 *   The signature is the device key's over `hearth/v1/session` ‖ ticket. 200 with who one is, and the cookie.
 * POST /api/session/challenge {device} — a ticket for the second way. Known and unknown devices are answered alike.
 * GET /api/session — 200 with who one is while the cookie holds, else 200 with {}.
 * DELETE /api/session — signs this device out: its session ends, its sockets close, and its key alone brings it back no more.
 */
export const sessionPath = '/api/session'
export const challengePath = '/api/session/challenge'
export const socketPath = '/api/socket'

/** The device key signs this ‖ the ticket's 32 bytes. */
export const sessionLabel = 'hearth/v1/session'

export const signatureSchema = bytesSchema(64, 64)
export const certificateBytesSchema = bytesSchema(1, accountLimits.maxCertificateBytes)

export const sessionRequestSchema = v.strictObject({
  ticket: ticketSchema,
  signature: signatureSchema,
  certificate: v.optional(certificateBytesSchema),
})
export type SessionRequest = v.InferOutput<typeof sessionRequestSchema>

export const challengeRequestSchema = v.strictObject({ device: deviceIdSchema })
export const ticketAnswerSchema = v.strictObject({ ticket: ticketSchema })

export const whoSchema = v.strictObject({
  account: accountIdSchema,
  device: deviceIdSchema,
  /** The name to sign in with. */
  name: v.string(),
  role: roleSchema,
})
export type Who = v.InferOutput<typeof whoSchema>
export const sessionAnswerSchema = v.strictObject({ who: v.optional(whoSchema) })

export const createSessionCalls = (send: Send) => ({
  start: (body: SessionRequest) => callApi(send, { method: 'POST', path: sessionPath, body }, whoSchema),
  challenge: (body: v.InferOutput<typeof challengeRequestSchema>) =>
    callApi(send, { method: 'POST', path: challengePath, body }, ticketAnswerSchema),
  read: () => callApi(send, { method: 'GET', path: sessionPath }, sessionAnswerSchema),
  end: () => callApi(send, { method: 'DELETE', path: sessionPath }, doneSchema),
})
