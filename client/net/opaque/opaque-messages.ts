import * as v from 'valibot'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { opaqueMessageSchema } from '../../../shared/vault-boxes.ts'

/** What page and worker say to one another: one question, one answer, with the number of the question. */

/** In UTF-16 units: a character as people count them can be many. */
const passwordSchema = v.pipe(v.string(), v.maxLength(accountLimits.maxPasswordChars * 32))
const startFields = { id: v.number(), password: passwordSchema }
const finishFields = { ...startFields, state: opaqueMessageSchema, response: opaqueMessageSchema }

export const opaqueQuestionSchema = v.variant('call', [
  v.strictObject({ call: v.literal('startRegistration'), ...startFields }),
  v.strictObject({ call: v.literal('finishRegistration'), ...finishFields }),
  v.strictObject({ call: v.literal('startLogin'), ...startFields }),
  v.strictObject({ call: v.literal('finishLogin'), ...finishFields }),
])
export type OpaqueQuestion = v.InferOutput<typeof opaqueQuestionSchema>

const exportKeySchema = v.custom<Bytes>((value) => value instanceof Uint8Array && value.length === 64)

/** What the calls bring; nothing where one did not succeed. */
export const startedSchema = v.strictObject({ state: opaqueMessageSchema, request: opaqueMessageSchema })
export const registeredSchema = v.strictObject({ record: opaqueMessageSchema, exportKey: exportKeySchema })
export const loggedInSchema = v.strictObject({ finish: opaqueMessageSchema, exportKey: exportKeySchema })

export const opaqueAnswerSchema = v.strictObject({ id: v.number(), outcome: v.unknown() })
export type OpaqueAnswer = v.InferOutput<typeof opaqueAnswerSchema>
