import * as v from 'valibot'

const offer = v.object({ type: v.literal('offer'), sdp: v.string() })

const candidate = v.pipe(
  v.object({
    type: v.literal('candidate'),
    candidate: v.object({
      candidate: v.pipe(v.string(), v.minLength(1)), // an empty one says "no more", which nobody waits for
      sdpMid: v.nullable(v.string()),
      sdpMLineIndex: v.nullable(v.number()),
    }),
  }),
  v.transform((signal) => ({ type: signal.type, ...signal.candidate })),
)

/** What y-webrtc would have published for simple-peer on a server of its own. */
const publishedSchema = v.pipe(
  v.object({ data: v.object({ signal: v.union([offer, candidate]) }) }),
  v.transform(({ data }) => data.signal),
)
export type LocalSignal = v.InferOutput<typeof publishedSchema>

/** simple-peer's first offer, or a candidate, in a message of y-webrtc's, or undefined for the others. */
export const parseLocalSignal = (message: unknown): LocalSignal | undefined => {
  const parsed = v.safeParse(publishedSchema, message)
  return parsed.success ? parsed.output : undefined
}
