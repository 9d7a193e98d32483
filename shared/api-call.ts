import * as v from 'valibot'
import { apiProblemSchema, type ApiProblemWord } from './api-problem.ts'
import { fail, ok, type Result } from './result.ts'

/** One request to the family's server, as JSON. The client's adapter is over `fetch`, a test's over whatever it likes. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Begins with /api/. */
  path: string
  /** What becomes the JSON; absent for GET. */
  body?: object
}

/** Undefined when nobody answered in time. A body that is not JSON is undefined. */
export type Send = (request: ApiRequest) => Promise<{ status: number; body: unknown } | undefined>

export type CallProblem =
  | { type: Exclude<ApiProblemWord, 'tooManyTries'> }
  | { type: 'tooManyTries'; retryAfterSeconds: number }
  /** No network, or somebody else's answer, such as the sign-in page of a hotel's network. */
  | { type: 'unreachable' }

/** Waits this long when the server says "later" without saying when. */
const defaultRetrySeconds = 60

/** Sends a request and parses its answer by `schema`; whatever is neither that nor a problem of ours is `unreachable`. */
export const callApi = async <Schema extends v.GenericSchema>(
  send: Send,
  request: ApiRequest,
  schema: Schema,
): Promise<Result<v.InferOutput<Schema>, CallProblem>> => {
  const answer = await send(request)
  if (answer === undefined) return fail({ type: 'unreachable' })
  if (answer.status >= 200 && answer.status < 300) {
    const parsed = v.safeParse(schema, answer.body)
    return parsed.success ? ok(parsed.output) : fail({ type: 'unreachable' })
  }
  const problem = v.safeParse(apiProblemSchema, answer.body)
  if (!problem.success) return fail({ type: answer.status >= 500 ? 'serverError' : 'unreachable' })
  const { problem: type, retryAfterSeconds } = problem.output
  if (type !== 'tooManyTries') return fail({ type })
  return fail({ type, retryAfterSeconds: retryAfterSeconds ?? defaultRetrySeconds })
}

/** The answer of what has nothing to say beyond "done". */
export const doneSchema = v.strictObject({})
