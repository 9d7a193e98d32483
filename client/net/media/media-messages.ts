import * as v from 'valibot'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { introductionLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { lineKinds } from './line-kinds.ts'

const sdp = v.pipe(v.string(), v.minLength(1), v.maxLength(introductionLimits.maxSdpChars))
const round = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const kinds = v.pipe(v.array(v.picklist(lineKinds)), v.maxLength(lineKinds.length))

/** What two ends of a Link say about their media lines, as JSON (C3). */
const mediaMessageSchema = v.variant('type', [
  /** From who does not make offers: I would like to have the lines. */
  v.strictObject({ type: v.literal('want') }),
  v.strictObject({ type: v.literal('offer'), round, sdp }),
  v.strictObject({ type: v.literal('answer'), round, sdp }),
  /** The lines that carry something from here from now on: browsers tell it late, or not at all. */
  v.strictObject({ type: v.literal('sending'), kinds }),
])
export type MediaMessage = v.InferOutput<typeof mediaMessageSchema>

export interface MediaMessageProblem {
  type: 'tooLarge' | 'notAMediaMessage'
}

/** JSON may write a character of a description as six. */
const maxBytes = introductionLimits.maxSdpChars * 2

export const encodeMediaMessage = (message: MediaMessage): Bytes =>
  new TextEncoder().encode(JSON.stringify(message))

export const parseMediaMessage = (bytes: Bytes): Result<MediaMessage, MediaMessageProblem> => {
  if (bytes.length > maxBytes) return fail({ type: 'tooLarge' })
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const parsed = v.safeParse(mediaMessageSchema, JSON.parse(text))
    return parsed.success ? ok(parsed.output) : fail({ type: 'notAMediaMessage' })
  } catch {
    return fail({ type: 'notAMediaMessage' }) // neither UTF-8 nor JSON
  }
}
