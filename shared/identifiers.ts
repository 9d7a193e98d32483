import * as v from 'valibot'

/** A device is named by its Ed25519 public key: 32 bytes as 43 base64url characters. */
export const deviceIdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/, 'a device id is 43 base64url characters'),
  v.brand('DeviceId'),
)
export type DeviceId = v.InferOutput<typeof deviceIdSchema>

/** The family's meeting place on the server: 128 bits as 22 base64url characters (S3). */
export const topicSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{22}$/, 'a topic is 22 base64url characters'),
  v.brand('Topic'),
)
export type Topic = v.InferOutput<typeof topicSchema>

/** Proof of having the family's link, sent to the server instead of the link's secret: 32 bytes as 43 characters. */
export const admissionCodeSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/, 'an admission code is 43 base64url characters'),
  v.brand('AdmissionCode'),
)
export type AdmissionCode = v.InferOutput<typeof admissionCodeSchema>
