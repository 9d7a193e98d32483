import * as v from 'valibot'
import { callApi, doneSchema, type Send } from './api-call.ts'
import { bytesSchema, deviceIdSchema } from './identifiers.ts'
import { accountLimits } from './limits.ts'
import { certificateBytesSchema } from './session.ts'

/**
 * Linking a device without typing a secret on it (I8). The new device shows its public keys as a QR code, which is a link to the
 * app; a device of the account certifies it, and leaves the family's secrets here, sealed to the new device's key.
 *
 * POST /api/linking/offer {certificate, box} — with a session of the account whose identity signed the certificate. From now on the
 *   device may come in by its key (session.ts). Kept for `accountLimits.linkingMs`.
 * POST /api/linking/look {device} — the box, or nothing yet. Needs no session: only the device can open it.
 */
export const linkingOfferPath = '/api/linking/offer'
export const linkingLookPath = '/api/linking/look'

export const linkingBoxSchema = bytesSchema(1, accountLimits.maxLinkingBoxBytes)
export const linkingOfferSchema = v.strictObject({
  certificate: certificateBytesSchema,
  box: linkingBoxSchema,
})
export const linkingLookSchema = v.strictObject({ device: deviceIdSchema })
export const linkingFoundSchema = v.strictObject({ box: v.optional(linkingBoxSchema) })

export const createLinkingCalls = (send: Send) => ({
  offer: (body: v.InferOutput<typeof linkingOfferSchema>) =>
    callApi(send, { method: 'POST', path: linkingOfferPath, body }, doneSchema),
  look: (body: v.InferOutput<typeof linkingLookSchema>) =>
    callApi(send, { method: 'POST', path: linkingLookPath, body }, linkingFoundSchema),
})
