import * as v from 'valibot'
import { callApi, type Send } from './api-call.ts'
import { accountIdSchema, ticketSchema } from './identifiers.ts'
import { loginNameSchema } from './registration.ts'
import { boxesSchema, opaqueMessageSchema } from './vault-boxes.ts'

/**
 * Signing in by name and password (A2, A4): OPAQUE in two requests. It earns a ticket, and brings back the account's boxes; with the
 * ticket a device is bound to a session (session.ts) or the password changed (password.ts).
 *
 * POST /api/login/start {name, request} — 200 {ticket, response}, alike for names there are and names there are not.
 * POST /api/login/finish {ticket, finish} — 200, or 403 wrongLogin. A ticket works once.
 */
export const loginStartPath = '/api/login/start'
export const loginFinishPath = '/api/login/finish'

export const loginStartSchema = v.strictObject({ name: loginNameSchema, request: opaqueMessageSchema })
export const loginStartedSchema = v.strictObject({ ticket: ticketSchema, response: opaqueMessageSchema })

export const loginFinishSchema = v.strictObject({ ticket: ticketSchema, finish: opaqueMessageSchema })
export const loginFinishedSchema = v.strictObject({
  /** Holds for `accountLimits.ticketMs`. */
  ticket: ticketSchema,
  account: accountIdSchema,
  name: v.string(),
  boxes: boxesSchema,
})
export type LoginFinished = v.InferOutput<typeof loginFinishedSchema>

export const createLoginCalls = (send: Send) => ({
  start: (body: v.InferOutput<typeof loginStartSchema>) =>
    callApi(send, { method: 'POST', path: loginStartPath, body }, loginStartedSchema),
  finish: (body: v.InferOutput<typeof loginFinishSchema>) =>
    callApi(send, { method: 'POST', path: loginFinishPath, body }, loginFinishedSchema),
})
