import type { DeviceId } from '../shared/identifiers.ts'
import type { ConnectionDoctor, DoctorFacts, LinkWay } from './core/doctor.ts'
import type { Clock } from './core/ports.ts'
import { createValue } from './core/value.ts'
import { askServer, lookForCandidate, type CandidateKind } from './net/doctor.ts'
import type { BrowserNetwork } from './net/network.ts'

export interface DoctorTools {
  clock: Clock
  isAddressHidden: () => boolean
  /** Whose device it is, and which, as far as it is known. */
  nameDevice: (device: DeviceId) => { person: string; deviceName: string }
}

type DoctorNetwork = Pick<
  BrowserNetwork,
  'server' | 'links' | 'ways' | 'lookAtWays' | 'iceServers' | 'diagnostics'
>

export interface BrowserDoctor extends ConnectionDoctor {
  /** The network comes later than the screen. */
  attach(network: DoctorNetwork): void
}

const readPersisted = async (): Promise<boolean | undefined> => {
  try {
    return await navigator.storage.persisted()
  } catch {
    return undefined // some windows have no storage that could last
  }
}

/** Examines the wires of this browser (ux 44). */
export const createDoctor = ({ clock, isAddressHidden, nameDevice }: DoctorTools): BrowserDoctor => {
  const ways = createValue<ReadonlyMap<DeviceId, LinkWay>>(new Map())
  let network: DoctorNetwork | undefined
  let socketSinceMs: number | undefined

  const readSocket = (): DoctorFacts['socket'] => ({
    status: network?.server.get() ?? 'notYet',
    sinceMs: socketSinceMs,
    nowMs: clock.now(),
  })

  const readDevices = async (): Promise<DoctorFacts['devices']> => {
    await network?.lookAtWays()
    return (network?.links.get() ?? []).map(({ device }) => ({
      ...nameDevice(device),
      way: ways.get().get(device),
    }))
  }

  const measure = async (signal: AbortSignal, tell: (found: Partial<DoctorFacts>) => void): Promise<void> => {
    const say = (found: Partial<DoctorFacts>): void => {
      if (!signal.aborted) tell(found)
    }
    const askTheServer = async (): Promise<void> => {
      const answer = await askServer(clock, signal)
      const ahead = answer?.aheadMs
      say({
        server: answer === undefined ? 'away' : { delayMs: Math.round(answer.delayMs) },
        clock: ahead === undefined ? 'unknown' : { aheadMs: ahead },
        // Its socket may have noticed meanwhile.
        socket: readSocket(),
      })
    }
    const askHelpers = async (): Promise<void> => {
      const servers = (await network?.iceServers()) ?? []
      const look = (kind: CandidateKind) => lookForCandidate({ servers, kind, clock, signal })
      await Promise.all([
        look('srflx').then((stun) => say({ stun })),
        look('relay').then((fact) => say({ relay: { fact, isAddressHidden: isAddressHidden() } })),
      ])
    }
    say({ page: { isSecure: isSecureContext, hasNetwork: navigator.onLine }, socket: readSocket() })
    await Promise.all([
      askTheServer(),
      askHelpers(),
      readDevices().then((devices) => say({ devices })),
      readPersisted().then((isPersistent) => say({ storage: { isPersistent } })),
    ])
  }

  return {
    ways,
    lookAtWays: () => void network?.lookAtWays(),
    events: () =>
      (network?.diagnostics.get() ?? []).map(({ atMs, code }) => ({ agoMs: clock.now() - atMs, code })),
    examine(tell) {
      const stopping = new AbortController()
      return { done: measure(stopping.signal, tell), stop: () => stopping.abort() }
    },
    attach(attached) {
      network = attached
      const followSocket = (): void => {
        const isOpen = attached.server.get() === 'connected'
        socketSinceMs = isOpen ? (socketSinceMs ?? clock.now()) : undefined
      }
      followSocket()
      attached.server.subscribe(followSocket)
      ways.set(attached.ways.get())
      attached.ways.subscribe(ways.set)
    },
  }
}
