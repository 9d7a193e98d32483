import { WebrtcConn, type PeerListener, type Room } from 'y-webrtc'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { IceServer } from '../../shared/ice.ts'
import type { LinkWay } from '../core/doctor.ts'
import type { Clock } from '../core/ports.ts'
import { createDataChannelWire } from './data-channel-wire.ts'
import type { ConnectionSignal } from './introduction-payload.ts'
import { parseLocalSignal } from './local-signal.ts'
import type { LinkMessages } from './link/create-link.ts'
import type { LinkRole } from './link/open-link.ts'
import type { Wire } from './link/wire.ts'
import { createMediaLines, type MediaLines } from './media/media-lines.ts'
import { readStatsReport } from './media/stats-report.ts'
import { createNegotiation, type Negotiation } from './negotiation.ts'
import { relayedOnly } from './relayed-only.ts'

/** What y-webrtc would have listened to by itself, kept until the Link's handshake has passed (L2). */
export interface WithheldListeners {
  data: PeerListener[]
  connect: PeerListener[]
}

export interface OpenConnection {
  wire: Wire
  fingerprints: { local: string; remote: string }
  /** Once the other has proved itself: the media lines of this connection, agreed on by `messages` (C3). Call it once. */
  openMedia(messages: LinkMessages): MediaLines
}

export interface ConnectionOptions {
  room: Room
  device: DeviceId
  role: LinkRole
  iceServers: readonly IceServer[]
  /** Those of the moment, for when new ways are looked for: the credentials of the first may have ended (S8). */
  freshIceServers: () => readonly IceServer[]
  /** Only by a relay, so that the other device does not learn this one's address. */
  isAddressHidden: boolean
  clock: Clock
  /** To be carried by the server. */
  onSignal: (signal: ConnectionSignal) => void
  onOpen: (open: OpenConnection) => void
  onIceState: (state: RTCIceConnectionState) => void
  /** Once; after it the connection is no more. */
  onClose: (why: string) => void
}

export interface Connection {
  readonly conn: WebrtcConn
  readonly withheld: WithheldListeners
  readonly iceState: RTCIceConnectionState
  /** By which way it goes now; undefined when it is gone. */
  way(): Promise<LinkWay | undefined>
  signal(signal: ConnectionSignal): void
  /** Looks for new ways between the same two (L6). For the one who dialled. */
  restartIce(isAsked?: boolean): void
  destroy(why: string): void
}

/** Negotiated out of band, so both sides make it and no message announces it. */
const linkChannelId = 1000
/** simple-peer's own channel, unused. Negotiated as well, so that it takes no channel the other side may open. */
const idleChannelId = 1001
/** What was said last should still leave before the connection goes. */
const lingerMs = 500

const toRtcIceServer = ({ urls, username, credential }: IceServer): RTCIceServer => ({
  urls,
  ...(username !== undefined && { username }),
  ...(credential !== undefined && { credential }),
})

const configurationOf = (
  iceServers: readonly IceServer[],
  { isAddressHidden }: Pick<ConnectionOptions, 'isAddressHidden'>,
): RTCConfiguration => ({
  // Always said: simple-peer's default would ask Google where we are.
  iceServers: iceServers.map(toRtcIceServer),
  iceTransportPolicy: isAddressHidden ? 'relay' : 'all',
  // Media takes the way that data has found, and gathers none of its own.
  bundlePolicy: 'max-bundle',
})

/** Hears nothing of the ways to the other that lead by no relay. */
const hearRelaysOnly = (negotiation: Negotiation): Negotiation => ({
  ...negotiation,
  hear(signal, way) {
    const relayed = relayedOnly(signal)
    if (relayed !== undefined) negotiation.hear(relayed, way)
  },
})

/**
 * simple-peer ends a connection whose ways have failed. Of a Link its own liveness decides when it is dead (L6): until then new ways may
 * be found, and what is in a call goes on where it was (C5).
 */
const outliveFailure = (pc: RTCPeerConnection): void => {
  const { oniceconnectionstatechange: onIceState, onconnectionstatechange: onState } = pc
  pc.oniceconnectionstatechange = (event) => {
    if (pc.iceConnectionState !== 'failed') onIceState?.call(pc, event)
  }
  pc.onconnectionstatechange = (event) => {
    if (pc.connectionState !== 'failed') onState?.call(pc, event)
  }
}

const withhold = (conn: WebrtcConn): WithheldListeners => {
  const take = (name: 'data' | 'connect' | 'close'): PeerListener[] => {
    const taken = conn.peer.listeners(name)
    for (const listener of taken) conn.peer.removeListener(name, listener)
    return taken
  }
  take('close') // it strikes whatever connection of the device there is by then; detaching does it by connection
  return { data: take('data'), connect: take('connect') }
}

/**
 * One RTCPeerConnection, made by y-webrtc over simple-peer (docs/architecture). This is the only file that touches
 * simple-peer and its `_pc`.
 */
export const createConnection = (options: ConnectionOptions): Connection => {
  const { room, device, role, clock, onSignal } = options
  const isInitiator = role === 'initiator'
  let iceState: RTCIceConnectionState = 'new'
  let isClosed = false
  let closedBecause = 'closed there'

  const send = (message: unknown): void => {
    const local = parseLocalSignal(message)
    if (local?.type === 'offer') negotiation?.offeredFirst(local.sdp)
    else if (local !== undefined) negotiation?.foundCandidate(local)
  }

  room.provider.peerOpts = {
    ...room.provider.peerOpts,
    config: configurationOf(options.iceServers, options),
    channelConfig: { negotiated: true, id: idleChannelId },
  }
  const conn = new WebrtcConn({ send }, isInitiator, device, room)
  const withheld = withhold(conn)
  const { peer } = conn

  const destroy = (why: string): void => {
    if (isClosed) return
    closedBecause = why
    negotiation?.close()
    peer.destroy()
  }

  // Nothing may come by simple-peer's own channel, where it would pass no gate (L2).
  peer.on('data', () => destroy('data beside the Link'))
  peer.on('error', (error) => {
    closedBecause = error instanceof Error ? error.message : 'error'
  })
  peer.on('close', () => {
    isClosed = true
    negotiation?.close()
    wire?.torn()
    options.onClose(closedBecause)
  })

  const pc = peer._pc
  const channel = pc?.createDataChannel('hearth', { negotiated: true, id: linkChannelId })
  const wire =
    channel === undefined
      ? undefined
      : createDataChannelWire(channel, () => {
          if (!isClosed) clock.setTimer(() => destroy('hung up'), lingerMs)
        })
  const negotiate = (on: NonNullable<typeof pc>): Negotiation => {
    const negotiation = createNegotiation({
      pc: on,
      isOfferer: isInitiator,
      clock,
      // Only then: with other servers, Chromium looks for new ways at whatever is negotiated next, media lines too.
      beforeNewWays: () => on.setConfiguration(configurationOf(options.freshIceServers(), options)),
      onSignal,
      onFailure: destroy,
    })
    return options.isAddressHidden ? hearRelaysOnly(negotiation) : negotiation
  }
  const negotiation = pc === null ? undefined : negotiate(pc)

  channel?.addEventListener('open', () => {
    const { local, remote } = negotiation?.fingerprints ?? {}
    if (wire === undefined || pc === null || negotiation === undefined) return
    if (local === undefined || remote === undefined) return destroy('unclear fingerprints')
    options.onOpen({
      wire,
      fingerprints: { local, remote },
      openMedia(messages) {
        outliveFailure(pc)
        return createMediaLines({ pc, negotiation, messages, isOfferer: isInitiator, clock })
      },
    })
  })
  pc?.addEventListener('iceconnectionstatechange', () => {
    iceState = pc.iceConnectionState
    if (!isClosed) options.onIceState(iceState)
  })

  return {
    conn,
    withheld,
    get iceState() {
      return iceState
    },
    async way() {
      if (isClosed || pc === null) return undefined
      const { isRelayed, rttMs } = readStatsReport(await pc.getStats())
      return { isRelayed, delayMs: rttMs }
    },
    signal(signal) {
      negotiation?.hear(signal, 'server')
    },
    restartIce(isAsked) {
      negotiation?.restartIce(isAsked)
    },
    destroy,
  }
}
