import type { IceServer } from '../../shared/ice.ts'
import type { HelperFact } from '../core/doctor.ts'
import type { Clock } from '../core/ports.ts'
import { isRelay } from './ice.ts'

/** What the connection doctor measures with (ux 44): the family's own server, and the servers it names; nobody else is asked. */

const requestTimeoutMs = 5_000
const gatherTimeoutMs = 8_000

/** The server answers, and what time it has; undefined when it does not, or not in time. */
export interface ServerAnswer {
  delayMs: number
  /** Undefined where its answer bears no date. */
  aheadMs: number | undefined
}

export type SendHead = (signal: AbortSignal) => Promise<Pick<Response, 'headers'>>

const sendHead: SendHead = (signal) =>
  fetch('/', { method: 'HEAD', cache: 'no-store', credentials: 'same-origin', signal })

/** How far `nowMs` is ahead of a Date header, which names the second that was: half of one is the fairest guess. */
export const readAhead = (date: string | null, nowMs: number): number | undefined => {
  const told = Date.parse(date ?? '')
  return Number.isNaN(told) ? undefined : Math.round(nowMs - (told + 500))
}

export const askServer = async (
  clock: Clock,
  signal: AbortSignal,
  send: SendHead = sendHead,
): Promise<ServerAnswer | undefined> => {
  const askedAt = clock.now()
  const stopping = new AbortController()
  const stop = (): void => stopping.abort()
  const timer = clock.setTimer(stop, requestTimeoutMs)
  signal.addEventListener('abort', stop)
  try {
    const { headers } = await send(stopping.signal)
    const delayMs = clock.now() - askedAt
    return { delayMs, aheadMs: readAhead(headers.get('date'), askedAt + delayMs / 2) }
  } catch {
    return undefined // no network, no server, or no time left
  } finally {
    clock.clearTimer(timer)
    signal.removeEventListener('abort', stop)
  }
}

/** As much of a connection as it takes to look for candidates. */
export type GatheringConnection = Pick<
  RTCPeerConnection,
  'createDataChannel' | 'createOffer' | 'setLocalDescription' | 'addEventListener' | 'close'
>
export type OpenGathering = (configuration: RTCConfiguration) => GatheringConnection

const openGathering: OpenGathering = (configuration) => new RTCPeerConnection(configuration)

/** `srflx`: seen by STUN; `relay`: lent by TURN. */
export type CandidateKind = 'srflx' | 'relay'

const rtcServerOf = ({ urls, username, credential }: IceServer): RTCIceServer => ({
  urls,
  ...(username !== undefined && { username }),
  ...(credential !== undefined && { credential }),
})

export interface GatherOptions {
  servers: readonly IceServer[]
  kind: CandidateKind
  clock: Clock
  signal: AbortSignal
  open?: OpenGathering
}

/** Looks for one candidate of that kind, with a connection that leads nowhere and is closed at once. */
export const lookForCandidate = (options: GatherOptions): Promise<HelperFact> => {
  const { servers, kind, clock, signal, open = openGathering } = options
  const asked = servers.filter((server) => kind === 'srflx' || isRelay(server))
  if (asked.length === 0) return Promise.resolve('none')
  return new Promise((resolve) => {
    const connection = open({
      iceServers: asked.map(rtcServerOf),
      iceTransportPolicy: kind === 'relay' ? 'relay' : 'all',
    })
    const finish = (fact: HelperFact): void => {
      clock.clearTimer(timer)
      signal.removeEventListener('abort', giveUp)
      connection.close()
      resolve(fact)
    }
    const giveUp = (): void => finish('silent')
    const timer = clock.setTimer(giveUp, gatherTimeoutMs)
    signal.addEventListener('abort', giveUp)
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) giveUp()
      else if (candidate.type === kind) finish('works')
    })
    connection.createDataChannel('doctor')
    connection
      .createOffer()
      .then((offer) => connection.setLocalDescription(offer))
      .catch(giveUp)
  })
}
