import { WebrtcConn, type PeerListener, type Room } from 'y-webrtc'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { IceServer } from '../../shared/ice.ts'
import type { Clock } from '../core/ports.ts'
import { createDataChannelWire } from './data-channel-wire.ts'
import { readSdpFingerprint } from './fingerprints.ts'
import type { Signal } from './introduction-payload.ts'
import { parseLocalSignal } from './local-signal.ts'
import type { LinkRole } from './link/open-link.ts'
import type { Wire } from './link/wire.ts'

/** What y-webrtc would have listened to by itself, kept until the Link's handshake has passed (L2). */
export interface WithheldListeners {
  data: PeerListener[]
  connect: PeerListener[]
}

export interface OpenConnection {
  wire: Wire
  fingerprints: { local: string; remote: string }
}

/** The signals of this connection, without what names it. */
export type ConnectionSignal =
  | { type: 'offer' | 'answer'; round: number; sdp: string }
  | Omit<Extract<Signal, { type: 'candidate' }>, 'connection'>

export interface ConnectionOptions {
  room: Room
  device: DeviceId
  role: LinkRole
  iceServers: readonly IceServer[]
  clock: Clock
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
  signal(signal: ConnectionSignal): void
  /** Looks for new ways between the same two (L6). For the one who dialled. */
  restartIce(): void
  destroy(why: string): void
}

/** Negotiated out of band, so both sides make it and no message announces it. */
const linkChannelId = 1000
/** simple-peer's own channel, unused. Negotiated as well, so that it takes no channel the other side may open. */
const idleChannelId = 1001
/** What was said last should still leave before the connection goes. */
const lingerMs = 500
/** An offer without an answer for so long is lost, with the server or the other's socket. */
const answerWithinMs = 4_000

const toRtcIceServer = ({ urls, username, credential }: IceServer): RTCIceServer => ({
  urls,
  ...(username !== undefined && { username }),
  ...(credential !== undefined && { credential }),
})

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
  let round = 0
  let offeredAtMs = 0
  let isAnswering = false
  let remoteSdp = ''
  let localFingerprint: string | undefined
  let remoteFingerprint: string | undefined
  let iceState: RTCIceConnectionState = 'new'
  let isClosed = false
  let closedBecause = 'closed there'

  const send = (message: unknown): void => {
    const local = parseLocalSignal(message)
    if (local === undefined) return // renegotiating media comes with calls, over the Link (L6)
    if (local.type !== 'candidate') {
      const fingerprint = readSdpFingerprint(local.sdp)
      localFingerprint = fingerprint.ok ? fingerprint.value : undefined
    }
    if (local.type === 'offer') {
      round++
      offeredAtMs = clock.now()
    }
    if (local.type === 'answer') isAnswering = false
    onSignal({ ...local, round })
  }

  room.provider.peerOpts = {
    ...room.provider.peerOpts,
    // Always said: simple-peer's default would ask Google where we are.
    config: { iceServers: options.iceServers.map(toRtcIceServer) },
    channelConfig: { negotiated: true, id: idleChannelId },
  }
  const conn = new WebrtcConn({ send }, isInitiator, device, room)
  const withheld = withhold(conn)
  const { peer } = conn

  const destroy = (why: string): void => {
    if (isClosed) return
    closedBecause = why
    peer.destroy()
  }

  // Nothing may come by simple-peer's own channel, where it would pass no gate (L2).
  peer.on('data', () => destroy('data beside the Link'))
  peer.on('error', (error) => {
    closedBecause = error instanceof Error ? error.message : 'error'
  })
  peer.on('close', () => {
    isClosed = true
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
  channel?.addEventListener('open', () => {
    // As said and heard, not as `pc` shows them: it may open a channel before it shows the description that let it.
    const [local, remote] = [localFingerprint, remoteFingerprint]
    if (wire === undefined || local === undefined || remote === undefined)
      return destroy('unclear fingerprints')
    options.onOpen({ wire, fingerprints: { local, remote } })
  })
  pc?.addEventListener('iceconnectionstatechange', () => {
    iceState = pc.iceConnectionState
    if (!isClosed) options.onIceState(iceState)
  })

  /** The other end stays who it was: an offer with another certificate would lead past the handshake (L2). */
  const isSameEnd = (sdp: string): boolean => {
    const fingerprint = readSdpFingerprint(sdp)
    if (!fingerprint.ok) return false
    remoteFingerprint ??= fingerprint.value
    return fingerprint.value === remoteFingerprint
  }

  /** One left over from before a restart: browsers refuse it, and simple-peer would give up over that. */
  const isOfThisGathering = (candidate: string): boolean => {
    const ufrag = / ufrag (\S+)/.exec(candidate)?.[1]
    return ufrag === undefined || remoteSdp.includes(`a=ice-ufrag:${ufrag}`)
  }

  const isWanted = (signal: ConnectionSignal): boolean => {
    if (signal.type === 'offer') {
      // One at a time: simple-peer would answer the first after it has taken the second, and give up.
      return !isInitiator && !isAnswering && signal.round > round && isSameEnd(signal.sdp)
    }
    if (signal.type === 'candidate') return signal.round === round && isOfThisGathering(signal.candidate)
    return (
      isInitiator &&
      signal.round === round &&
      pc?.signalingState === 'have-local-offer' &&
      isSameEnd(signal.sdp)
    )
  }

  return {
    conn,
    withheld,
    get iceState() {
      return iceState
    },
    signal(signal) {
      if (isClosed || peer.destroyed || !isWanted(signal)) return
      if (signal.type === 'candidate') {
        const { candidate, sdpMid, sdpMLineIndex } = signal
        if (sdpMid === null && sdpMLineIndex === null) return // RTCIceCandidate would throw
        peer.signal({ type: 'candidate', candidate: { candidate, sdpMid, sdpMLineIndex } })
      } else {
        if (signal.type === 'offer') {
          round = signal.round
          isAnswering = true
        }
        remoteSdp = signal.sdp
        peer.signal({ type: signal.type, sdp: signal.sdp })
      }
    },
    restartIce() {
      if (isClosed || peer.destroyed || pc === null || !isInitiator) return
      const isUnanswered = pc.signalingState === 'have-local-offer'
      // Both sides notice the same trouble: one restart is enough.
      if (isUnanswered && clock.now() - offeredAtMs < answerWithinMs) return
      pc.restartIce()
      peer.negotiate()
      // An offer that got lost is taken back, or the new one would wait for its answer for ever. That fails only where
      // the answer has just come, and then there is nothing to take back.
      if (isUnanswered) pc.setLocalDescription({ type: 'rollback' }).catch(() => undefined)
    },
    destroy,
  }
}
