import * as v from 'valibot'
import { admissionCodeSchema, deviceIdSchema } from './identifiers.ts'

/**
 * POST /api/session — a device with the family's link asks to come in. Answers 204 and a session cookie (A3, in small),
 * 400 for a malformed body, 403 for a wrong code, 429 with Retry-After when tried too often (A6).
 * GET /api/session — 200 with {device} while the cookie holds, else 401.
 * DELETE /api/session — 204; ends the session and closes its sockets.
 */
export const sessionRequestSchema = v.strictObject({ code: admissionCodeSchema, device: deviceIdSchema })
export type SessionRequest = v.InferOutput<typeof sessionRequestSchema>

export const sessionAnswerSchema = v.strictObject({ device: deviceIdSchema })
export type SessionAnswer = v.InferOutput<typeof sessionAnswerSchema>

export const sessionPath = '/api/session'
export const socketPath = '/api/socket'
