import * as v from 'valibot'
import { callApi, type Send } from './api-call.ts'
import { invitationCodeSchema, ticketSchema } from './identifiers.ts'
import { certificateBytesSchema, signatureSchema, whoSchema } from './session.ts'
import { boxesSchema, opaqueMessageSchema } from './vault-boxes.ts'

/**
 * Registering with an invitation (A1, A2), in two requests.
 *
 * POST /api/registration/start {code, name, request} — OPAQUE's first message. 200 {ticket, response}; 409 nameTaken, 410 invitation….
 * POST /api/registration/finish — all at once or nothing: the invitation is used up, the account is there with its first device, and the
 *   session is open. The signature is the device key's over `hearth/v1/session` ‖ ticket. Of two at the same instant one gets 410.
 */
export const registrationStartPath = '/api/registration/start'
export const registrationFinishPath = '/api/registration/finish'

/** A name to sign in with. Parsed further by `parsePersonName`; unique by `foldName`. */
export const loginNameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(320))

export const registrationStartSchema = v.strictObject({
  code: invitationCodeSchema,
  name: loginNameSchema,
  request: opaqueMessageSchema,
})
export const registrationStartedSchema = v.strictObject({
  ticket: ticketSchema,
  response: opaqueMessageSchema,
})

export const registrationFinishSchema = v.strictObject({
  ticket: ticketSchema,
  /** OPAQUE's registration record. */
  record: opaqueMessageSchema,
  boxes: boxesSchema,
  certificate: certificateBytesSchema,
  signature: signatureSchema,
})
export type RegistrationFinish = v.InferOutput<typeof registrationFinishSchema>

export const createRegistrationCalls = (send: Send) => ({
  start: (body: v.InferOutput<typeof registrationStartSchema>) =>
    callApi(send, { method: 'POST', path: registrationStartPath, body }, registrationStartedSchema),
  finish: (body: RegistrationFinish) =>
    callApi(send, { method: 'POST', path: registrationFinishPath, body }, whoSchema),
})
