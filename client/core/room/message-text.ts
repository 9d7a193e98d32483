import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { logLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { TextProblem } from '../hearth.ts'

const trimText = (text: string): string => {
  const trimmed = text.trim()
  // A text that began with a zero byte would read as something else.
  return trimmed.startsWith('\0') ? trimText(trimmed.slice(1)) : trimmed
}

/** A text as it is written down, without the blanks around it. Fails for one that is blank or over 16 KiB (E6). */
export const checkText = (text: string): Result<string, TextProblem> => {
  const trimmed = trimText(text)
  const { length } = encodeUtf8(trimmed)
  if (length === 0) return fail({ type: 'textEmpty' })
  if (length > logLimits.maxTextBytes) return fail({ type: 'textTooLong', limit: logLimits.maxTextBytes })
  return ok(trimmed)
}
