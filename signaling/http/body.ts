import type { IncomingMessage } from 'node:http'
import { fail, ok, type Result } from '../../shared/result.ts'

export type BodyProblem = 'tooLarge' | 'notJson' | 'cutShort'

/** Reads a request's whole body as JSON, stopping at `maxBytes` whatever was announced. */
export const readJsonBody = async (
  request: IncomingMessage,
  maxBytes: number,
): Promise<Result<unknown, BodyProblem>> => {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return fail('tooLarge')
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) return fail('tooLarge')
      chunks.push(chunk)
    }
  } catch {
    return fail('cutShort')
  }
  try {
    return ok(JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown)
  } catch {
    return fail('notJson')
  }
}
