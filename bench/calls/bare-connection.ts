import type { IceServer } from '../../shared/ice.ts'

declare global {
  interface Window {
    /** Beside every network there is in the lab. */
    carryToOther?: (signal: unknown) => Promise<void>
    hearFromOther?: (signal: Signal) => Promise<void>
  }
}

interface Signal {
  description?: RTCSessionDescriptionInit
  candidate?: RTCIceCandidateInit
}

export interface BareConnection {
  pc: RTCPeerConnection
  channel: RTCDataChannel
  /** The two lines, audio first; there once it is open. */
  lines(): readonly RTCRtpTransceiver[]
  open: Promise<void>
  close(): void
}

/** A connection with a data channel and two lines, and nothing else; introduced by hand. The caller offers. */
export const openBareConnection = (isCaller: boolean, iceServers: readonly IceServer[]): BareConnection => {
  const pc = new RTCPeerConnection({ iceServers: iceServers as RTCIceServer[], bundlePolicy: 'max-bundle' })
  const channel = pc.createDataChannel('bare', { negotiated: true, id: 0 })
  const say = (signal: Signal) => void window.carryToOther!(JSON.parse(JSON.stringify(signal)))
  // Who answers takes the lines that are offered.
  if (isCaller) for (const kind of ['audio', 'video']) pc.addTransceiver(kind, { direction: 'sendrecv' })
  pc.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) say({ candidate: candidate.toJSON() })
  })
  pc.addEventListener('negotiationneeded', () => {
    if (isCaller)
      void pc.setLocalDescription().then(() => say({ description: pc.localDescription!.toJSON() }))
  })
  let turn = Promise.resolve()
  window.hearFromOther = (signal) => {
    turn = turn.then(async () => {
      if (signal.candidate) await pc.addIceCandidate(signal.candidate)
      if (!signal.description) return
      await pc.setRemoteDescription(signal.description)
      if (signal.description.type !== 'offer') return
      for (const line of pc.getTransceivers()) line.direction = 'sendrecv'
      await pc.setLocalDescription()
      say({ description: pc.localDescription!.toJSON() })
    })
    return turn
  }
  return {
    pc,
    channel,
    lines: () => pc.getTransceivers(),
    open: new Promise((resolve) => channel.addEventListener('open', () => resolve())),
    close: () => pc.close(),
  }
}
