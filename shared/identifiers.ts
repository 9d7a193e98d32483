import * as v from 'valibot'

/** A device is named by its Ed25519 public key: 32 bytes as 43 base64url characters. */
export const deviceIdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/, 'a device id is 43 base64url characters'),
  v.brand('DeviceId'),
)
export type DeviceId = v.InferOutput<typeof deviceIdSchema>

/** An account is named by the hash of its identity key: 32 bytes as 43 base64url characters (I2). */
export const accountIdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/, 'an account id is 43 base64url characters'),
  v.brand('AccountId'),
)
export type AccountId = v.InferOutput<typeof accountIdSchema>

/** The family's meeting place on the server: 128 bits as 22 base64url characters (S3). */
export const topicSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{22}$/, 'a topic is 22 base64url characters'),
  v.brand('Topic'),
)
export type Topic = v.InferOutput<typeof topicSchema>

/** What an invitation is known by on the server: 128 bits derived from the link's secret, as 22 characters (A1). */
export const invitationCodeSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{22}$/, 'an invitation code is 22 base64url characters'),
  v.brand('InvitationCode'),
)
export type InvitationCode = v.InferOutput<typeof invitationCodeSchema>

/** A random name of something the server waits for: an attempt to sign in, or a right just earned. 32 bytes as 43 characters. */
export const ticketSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/, 'a ticket is 43 base64url characters'),
  v.brand('Ticket'),
)
export type Ticket = v.InferOutput<typeof ticketSchema>

/** Bytes as base64url without padding, between `minBytes` and `maxBytes` of them. */
export const bytesSchema = (minBytes: number, maxBytes: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-]*$/, 'base64url'),
    v.minLength(Math.ceil((minBytes * 4) / 3)),
    v.maxLength(Math.ceil((maxBytes * 4) / 3)),
  )

/** Milliseconds since the epoch. */
export const timeSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
