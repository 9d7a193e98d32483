import * as v from 'valibot'
import { introductionLimits } from '../../shared/limits.ts'

const nameSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/))

/** One page load of one device: 128 random bits. */
export const instanceSchema = v.pipe(nameSchema, v.brand('Instance'))
export type Instance = v.InferOutput<typeof instanceSchema>

/** One connection, named by who dials. */
export const connectionIdSchema = v.pipe(nameSchema, v.brand('ConnectionId'))
export type ConnectionId = v.InferOutput<typeof connectionIdSchema>

/** One wish to be dialled, named by who has it. */
export const askSchema = v.pipe(nameSchema, v.brand('Ask'))
export type Ask = v.InferOutput<typeof askSchema>

const sdpSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(introductionLimits.maxSdpChars))

/** Counts the offers of a connection, so that an answer or a candidate to an older one is known as such (L6). */
const roundSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

const offerSchema = v.strictObject({
  type: v.literal('offer'),
  connection: connectionIdSchema,
  ask: askSchema,
  round: roundSchema,
  sdp: sdpSchema,
})

const answerSchema = v.strictObject({
  type: v.literal('answer'),
  connection: connectionIdSchema,
  round: roundSchema,
  sdp: sdpSchema,
})

const candidateSchema = v.strictObject({
  type: v.literal('candidate'),
  connection: connectionIdSchema,
  round: roundSchema,
  candidate: v.pipe(v.string(), v.minLength(1), v.maxLength(introductionLimits.maxCandidateChars)),
  sdpMid: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  sdpMLineIndex: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
})

export const payloadSchema = v.variant('type', [
  /** From who dials: I am here and have no Link to you; ask me to dial. */
  v.strictObject({ type: v.literal('hello') }),
  /** From who is dialled: I have no Link to you. */
  v.strictObject({ type: v.literal('dial-me'), ask: askSchema }),
  offerSchema,
  answerSchema,
  candidateSchema,
  /** From who was dialled: our ways seem to have changed, make a new offer (L6). */
  v.strictObject({ type: v.literal('restart-request'), connection: connectionIdSchema }),
])
export type IntroductionPayload = v.InferOutput<typeof payloadSchema>

/** What is about one connection. */
export type Signal = Extract<IntroductionPayload, { connection: ConnectionId }>

type Named = 'connection' | 'ask'
type Unnamed<S> = S extends unknown ? Omit<S, Named> : never

/** The signals that one connection makes and takes, without what names it. */
export type ConnectionSignal = Unnamed<Extract<Signal, { round: number }>>

export const introductionSchema = v.strictObject({
  instance: instanceSchema,
  toInstance: v.optional(instanceSchema),
  counter: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  payload: payloadSchema,
})
export type Introduction = v.InferOutput<typeof introductionSchema>
