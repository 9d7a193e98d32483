import * as v from 'valibot'

/** GET /api/ice — the STUN and TURN servers a device may use, with credentials for a while (S8). Needs a session. */
export const icePath = '/api/ice'

export const iceServerSchema = v.strictObject({
  urls: v.array(v.pipe(v.string(), v.regex(/^(stun|turn|turns):[^\s]+$/))),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
})
export type IceServer = v.InferOutput<typeof iceServerSchema>

export const iceAnswerSchema = v.strictObject({
  iceServers: v.array(iceServerSchema),
  /** How long the credentials are good for; absent when there are none. Not until when: a family's clocks are wrong by days. */
  validForMs: v.optional(v.pipe(v.number(), v.minValue(0))),
})
export type IceAnswer = v.InferOutput<typeof iceAnswerSchema>
