import { browserClock } from '../../client/net/browser-clock.ts'
import { createOpaque } from '../../client/net/opaque/opaque-client.ts'
import { openOpaqueWorker } from '../../client/net/opaque/open-opaque-worker.ts'

/** OPAQUE in the client's own worker and nothing around it: what no way of signing in by it can beat. */
const opaque = createOpaque({ openWorker: openOpaqueWorker, clock: browserClock })

type Answer = (request: string) => Promise<string>

const must = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('OPAQUE gave nothing')
  return value
}

const bareOpaque = {
  async register(password: string, answer: Answer): Promise<string> {
    const { state, request } = must(await opaque.startRegistration(password))
    return must(await opaque.finishRegistration(password, state, await answer(request))).record
  },
  /** Milliseconds for both halves, in a worker that is open; the server's part is not counted. */
  async measure(password: string, answer: Answer): Promise<number> {
    must(await opaque.startLogin(password))
    const startedAt = performance.now()
    const { state, request } = must(await opaque.startLogin(password))
    const requestedAt = performance.now()
    const response = await answer(request)
    const answeredAt = performance.now()
    must(await opaque.finishLogin(password, state, response))
    return requestedAt - startedAt + performance.now() - answeredAt
  },
}

declare global {
  interface Window {
    bareOpaque?: typeof bareOpaque
    /** The server's halves, which the bench lends to the page. */
    answerRegistration?: Answer
    answerLogin?: Answer
  }
}
window.bareOpaque = bareOpaque
