import { logLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { TextProblem } from '../hearth.ts'

/** What a message says: UTF-8 text, at most 16 KiB (E6). */
export const encodeMessageBody = (text: string): Result<Bytes, TextProblem> => {
  const bytes = encodeUtf8(text.trim())
  if (bytes.length === 0) return fail({ type: 'textEmpty' })
  if (bytes.length > logLimits.maxTextBytes)
    return fail({ type: 'textTooLong', limit: logLimits.maxTextBytes })
  return ok(bytes)
}

/** The text; undefined where it is none, or longer than anybody may write. */
export const parseMessageBody = (body: Bytes | undefined): string | undefined =>
  body && body.length <= logLimits.maxTextBytes ? decodeUtf8(body) : undefined
