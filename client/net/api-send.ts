import type { Send } from '../../shared/api-call.ts'
import { httpLimits } from '../../shared/limits.ts'

interface Answer {
  status: number
  json(): Promise<unknown>
}

/** The part of `fetch` that is used. */
export type Fetch = (path: string, init: RequestInit) => Promise<Answer>

export interface ApiSendOptions {
  fetch: Fetch
  /** Aborts after so many milliseconds: `AbortSignal.timeout`. */
  abortAfter: (ms: number) => AbortSignal
}

/** The body is undefined where it is not JSON, as the sign-in page of a hotel's network is not. */
const readBody = async (answer: Answer): Promise<unknown> => {
  try {
    return await answer.json()
  } catch {
    return undefined
  }
}

/** Requests to the server this page came from, with its session's cookie (A3). One that is not answered in time gives undefined. */
export const createApiSend =
  ({ fetch, abortAfter }: ApiSendOptions): Send =>
  async ({ method, path, body }) => {
    const signal = abortAfter(httpLimits.answerTimeoutMs)
    try {
      const answer = await fetch(path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        // Nothing under /api leads elsewhere; a network that does so is not our server.
        redirect: 'error',
        signal,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      const parsed = await readBody(answer)
      // The time ran out within the body: an answer without its end is none.
      return signal.aborted ? undefined : { status: answer.status, body: parsed }
    } catch {
      return undefined
    }
  }

export const sendToServer: Send = createApiSend({
  fetch: (path, init) => fetch(path, init),
  abortAfter: (ms) => AbortSignal.timeout(ms),
})
