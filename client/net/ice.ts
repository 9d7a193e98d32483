import * as v from 'valibot'
import { iceAnswerSchema, icePath, type IceAnswer, type IceServer } from '../../shared/ice.ts'
import type { Clock, Timer } from '../core/ports.ts'
import { createValue, type Value } from '../core/value.ts'

/** Where to find the ICE servers of the moment (S8). */
export interface IceSource {
  /** Never fails: without the server there are none, and devices of one network need none. */
  servers(): Promise<readonly IceServer[]>
  /** Those heard of last, without asking. */
  known(): readonly IceServer[]
  /** Whether there is a relay (TURN) among them; undefined until the server has answered once. */
  readonly hasRelay: Value<boolean | undefined>
  /** Renews credentials in time, for as long as somebody holds on: until the returned function is called. */
  keepFresh(): () => void
}

/** Asks the server; undefined when it does not answer properly. */
export type FetchIce = () => Promise<IceAnswer | undefined>

/** A connection that is opened now should find its relay's credentials valid for a while yet. */
const renewBeforeMs = 5 * 60_000
/** Of credentials so short that this would be most of their time, the last fifth will do. */
const renewAfterShare = 0.8
/** Without credentials nothing expires, but a relay may come: the server starts its own anew when it has ended. */
const keepMs = 5 * 60_000
/** While the server is away: later each time. */
const retry = { minMs: 10_000, maxMs: 5 * 60_000 }
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

export const isRelay = ({ urls }: IceServer): boolean => urls.some((url) => url.startsWith('turn'))

const freshForMs = (validForMs: number | undefined): number =>
  validForMs === undefined ? keepMs : Math.max(validForMs - renewBeforeMs, validForMs * renewAfterShare)

interface Known {
  servers: readonly IceServer[]
  renewAt: number
  /** There are credentials among them. */
  canEnd: boolean
}

/** Keeps the answer until shortly before its credentials end; an older one serves while the server is away. */
export const createIceSource = (fetchAnswer: FetchIce, clock: Clock): IceSource => {
  const hasRelay = createValue<boolean | undefined>(undefined)
  let known: Known = { servers: [], renewAt: 0, canEnd: false }
  let retryMs = retry.minMs
  let asking: Promise<readonly IceServer[]> | undefined
  let holders = 0
  let timer: Timer | undefined

  const stopTimer = (): void => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = undefined
  }

  const renewLater = (): void => {
    stopTimer()
    if (holders === 0 || !known.canEnd) return
    const wait = known.renewAt - clock.now()
    timer = clock.setTimer(() => void servers(), wait > 0 ? wait : retryMs)
    retryMs = wait > 0 ? retry.minMs : Math.min(retry.maxMs, retryMs * 2)
  }

  const ask = async (): Promise<readonly IceServer[]> => {
    const askedAt = clock.now()
    const answer = await fetchAnswer()
    asking = undefined
    if (answer !== undefined) {
      known = {
        servers: answer.iceServers,
        renewAt: askedAt + freshForMs(answer.validForMs),
        canEnd: answer.validForMs !== undefined,
      }
      hasRelay.set(answer.iceServers.some(isRelay))
    }
    renewLater()
    return known.servers
  }

  const servers = (): Promise<readonly IceServer[]> => {
    if (clock.now() < known.renewAt) return Promise.resolve(known.servers)
    asking ??= ask()
    return asking
  }

  return {
    servers,
    known: () => known.servers,
    hasRelay,
    keepFresh() {
      holders += 1
      if (holders === 1) renewLater()
      let isHeld = true
      return () => {
        if (!isHeld) return
        isHeld = false
        holders -= 1
        if (holders === 0) stopTimer()
      }
    },
  }
}
