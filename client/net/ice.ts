import * as v from 'valibot'
import { iceAnswerSchema, icePath, type IceAnswer, type IceServer } from '../../shared/ice.ts'
import type { Clock } from '../core/ports.ts'

/** Where to find the ICE servers of the moment (S8). */
export interface IceSource {
  /** Never fails: without the server there are none, and devices of one network need none. */
  servers(): Promise<readonly IceServer[]>
}

/** Asks the server; undefined when it does not answer properly. */
export type FetchIce = () => Promise<IceAnswer | undefined>

/** A connection that is opened now should find its relay's credentials valid for a while yet. */
const renewBeforeMs = 5 * 60_000
/** Without credentials nothing expires, but a family may add a relay to its server. */
const keepMs = 60 * 60_000
const requestTimeoutMs = 3_000

export const fetchIce: FetchIce = async () => {
  try {
    const signal = AbortSignal.timeout(requestTimeoutMs)
    const answer = await fetch(icePath, { signal, cache: 'no-store', credentials: 'same-origin' })
    if (!answer.ok) return undefined
    const parsed = v.safeParse(iceAnswerSchema, await answer.json())
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined // no network, or an answer that is not JSON
  }
}

/** Keeps the answer until shortly before its credentials end; an older one serves while the server is away. */
export const createIceSource = (fetchAnswer: FetchIce, clock: Clock): IceSource => {
  let known: { servers: readonly IceServer[]; renewAt: number } = { servers: [], renewAt: 0 }
  let asking: Promise<readonly IceServer[]> | undefined

  const ask = async (): Promise<readonly IceServer[]> => {
    const answer = await fetchAnswer()
    asking = undefined
    if (answer !== undefined) {
      const now = clock.now()
      const renewAt = answer.expiresAt === undefined ? now + keepMs : answer.expiresAt - renewBeforeMs
      known = { servers: answer.iceServers, renewAt }
    }
    return known.servers
  }

  return {
    servers() {
      if (clock.now() < known.renewAt) return Promise.resolve(known.servers)
      asking ??= ask()
      return asking
    },
  }
}
