import * as v from 'valibot'
import { callApi, doneSchema, type Send } from './api-call.ts'
import { accountIdSchema, bytesSchema, ticketSchema } from './identifiers.ts'
import { signatureSchema, ticketAnswerSchema } from './session.ts'
import { keyringBoxSchema, opaqueMessageSchema, seedBoxSchema } from './vault-boxes.ts'

/**
 * Coming back by the recovery phrase (A5), and a new password, by either way.
 *
 * POST /api/recovery/start {identityKey} — 200 {ticket}, alike for keys there are and keys there are not.
 * POST /api/recovery/prove {ticket, signature} — the identity key's over `hearth/v1/recovery` ‖ ticket. 200 with a ticket as from a
 *   login, or 403 wrongProof.
 * POST /api/password/start {ticket, request} — OPAQUE's first message of registering anew. The ticket is a login's or a recovery's.
 * POST /api/password/finish {ticket, record, seed} — from now on the new password holds, and the old one does not. The ticket stays good
 *   for a session.
 */
export const recoveryStartPath = '/api/recovery/start'
export const recoveryProvePath = '/api/recovery/prove'
export const passwordStartPath = '/api/password/start'
export const passwordFinishPath = '/api/password/finish'

/** The identity key signs this ‖ the ticket's 32 bytes. */
export const recoveryLabel = 'hearth/v1/recovery'

export const recoveryStartSchema = v.strictObject({ identityKey: bytesSchema(32, 32) })
export const recoveryProveSchema = v.strictObject({ ticket: ticketSchema, signature: signatureSchema })
export const recoveryProvedSchema = v.strictObject({
  ticket: ticketSchema,
  account: accountIdSchema,
  name: v.string(),
  keyring: v.optional(keyringBoxSchema),
})

export const passwordStartSchema = v.strictObject({ ticket: ticketSchema, request: opaqueMessageSchema })
export const passwordStartedSchema = v.strictObject({ response: opaqueMessageSchema })
export const passwordFinishSchema = v.strictObject({
  ticket: ticketSchema,
  record: opaqueMessageSchema,
  seed: seedBoxSchema,
})

export const createRecoveryCalls = (send: Send) => ({
  start: (body: v.InferOutput<typeof recoveryStartSchema>) =>
    callApi(send, { method: 'POST', path: recoveryStartPath, body }, ticketAnswerSchema),
  prove: (body: v.InferOutput<typeof recoveryProveSchema>) =>
    callApi(send, { method: 'POST', path: recoveryProvePath, body }, recoveryProvedSchema),
  startPassword: (body: v.InferOutput<typeof passwordStartSchema>) =>
    callApi(send, { method: 'POST', path: passwordStartPath, body }, passwordStartedSchema),
  finishPassword: (body: v.InferOutput<typeof passwordFinishSchema>) =>
    callApi(send, { method: 'POST', path: passwordFinishPath, body }, doneSchema),
})
