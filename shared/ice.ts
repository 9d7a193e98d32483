import * as v from 'valibot'

/** GET /api/ice — the STUN and TURN servers a device may use, with credentials of an hour (S8). Needs a session. */
export const icePath = '/api/ice'

export const iceServerSchema = v.strictObject({
  urls: v.array(v.pipe(v.string(), v.regex(/^(stun|turn|turns):[^\s]+$/))),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
})
export type IceServer = v.InferOutput<typeof iceServerSchema>

export const iceAnswerSchema = v.strictObject({
  iceServers: v.array(iceServerSchema),
  /** When the credentials end, milliseconds since the epoch; absent when there are none. */
  expiresAt: v.optional(v.number()),
})
export type IceAnswer = v.InferOutput<typeof iceAnswerSchema>
