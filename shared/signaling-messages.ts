import * as v from 'valibot'
import { deviceIdSchema, topicSchema } from './identifiers.ts'
import { socketLimits } from './limits.ts'
import { fail, ok, type Result } from './result.ts'

/** A sealed introduction, base64url; the server cannot read it (S4). */
const boxSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(socketLimits.maxBoxChars),
  v.regex(/^[A-Za-z0-9_-]+$/),
)

/** What a device says to the server (S1). Its own id is the session's, so it never names itself. */
const toServerSchema = v.variant('type', [
  v.strictObject({ type: v.literal('join'), topic: topicSchema }),
  v.strictObject({ type: v.literal('signal'), to: deviceIdSchema, box: boxSchema }),
  v.strictObject({ type: v.literal('ping') }),
])
export type ToServer = v.InferOutput<typeof toServerSchema>

/** Stable words for programs; people's words are made in the client. */
export const socketErrorCodes = ['peerNotHere', 'tooManyTopics', 'tooFast'] as const
export type SocketErrorCode = (typeof socketErrorCodes)[number]

/** What the server says to a device (S1). */
const fromServerSchema = v.variant('type', [
  v.strictObject({ type: v.literal('here'), topic: topicSchema, peers: v.array(deviceIdSchema) }),
  v.strictObject({ type: v.literal('came'), topic: topicSchema, peer: deviceIdSchema }),
  v.strictObject({ type: v.literal('gone'), topic: topicSchema, peer: deviceIdSchema }),
  v.strictObject({ type: v.literal('signal'), from: deviceIdSchema, box: boxSchema }),
  v.strictObject({ type: v.literal('pong') }),
  v.strictObject({
    type: v.literal('error'),
    code: v.picklist(socketErrorCodes),
    peer: v.optional(deviceIdSchema),
  }),
])
export type FromServer = v.InferOutput<typeof fromServerSchema>

/** Why a socket was closed, as WebSocket close codes of the application's own range (S5–S7). */
export const closeCodes = {
  badFrame: 4400,
  signedOut: 4401,
  tooManySockets: 4408,
  replaced: 4409,
  tooLarge: 1009,
  tooFast: 4429,
  notReading: 4430,
  noPong: 4431,
  /** The server is going away on purpose: come back after a random wait. */
  restarting: 1012,
} as const

export type FrameProblem = { type: 'notJson' } | { type: 'notAMessage'; detail: string }

const parse = <Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
): Result<v.InferOutput<Schema>, FrameProblem> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return fail({ type: 'notJson' })
  }
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return ok(parsed.output)
  return fail({ type: 'notAMessage', detail: v.getDotPath(parsed.issues[0]) ?? parsed.issues[0].kind })
}

/** Parses one text frame a device sent. Size must have been checked before (S5). */
export const parseToServer = (text: string): Result<ToServer, FrameProblem> => parse(toServerSchema, text)

/** Parses one text frame the server sent. */
export const parseFromServer = (text: string): Result<FromServer, FrameProblem> =>
  parse(fromServerSchema, text)
