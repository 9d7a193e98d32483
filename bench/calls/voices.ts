import SimplePeer, { type SimplePeer as Peer } from 'simple-peer/simplepeer.min.js'
import { openBareConnection } from './bare-connection.ts'
import { trackOf, type EndOptions, type Way } from './call-end.ts'
import { agreeOnLines, followLinks, openOurNetwork } from './our-network.ts'

/** One end of a call that runs, with sound only. */
export interface Voice {
  /** The network is back. */
  blackoutEnded(): void
  close(): void
}

type OpenVoice = (options: EndOptions) => Promise<Voice>

/** Ours: whatever Link there is is sent by, the first one and any that takes its place. */
const openOurVoice: OpenVoice = async ({ own, ...place }) => {
  const network = await openOurNetwork(place)
  followLinks(network, ({ media }) => {
    void agreeOnLines(media)
    void media.send('audio', trackOf(own, 'audio'))
  })
  return { blackoutEnded: () => undefined, close: () => network.close() }
}

/** The plain way does nothing about a blackout: the browser finds its way back, or not. */
const openPlainVoice: OpenVoice = async ({ role, name, hub, iceServers, own }) => {
  const socket = new WebSocket(`${hub}/plain?room=${encodeURIComponent(name)}`)
  const config = { iceServers: iceServers as RTCIceServer[] }
  let peer: Peer | undefined
  const connect = (initiator: boolean): Peer => {
    const made = new SimplePeer({ initiator, stream: own, config })
    made.on('signal', (signal) => socket.send(JSON.stringify(signal)))
    made.on('error', () => undefined)
    return made
  }
  socket.addEventListener('message', ({ data }) => {
    const heard: unknown = JSON.parse(String(data))
    if (heard !== 'here') (peer ??= connect(false)).signal(heard)
    else if (role === 'caller') peer ??= connect(true)
  })
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  if (role === 'callee') socket.send('"here"')
  return {
    blackoutEnded: () => undefined,
    close() {
      peer?.destroy()
      socket.close()
    },
  }
}

/** The limit: a bare connection that looks for new ways the moment the network is back, and is introduced through no network. */
const openBareVoice: OpenVoice = async ({ role, iceServers, own }) => {
  const { pc, lines, open, close } = openBareConnection(role === 'caller', iceServers)
  await open
  await lines()[0]?.sender.replaceTrack(trackOf(own, 'audio'))
  return {
    blackoutEnded() {
      if (role === 'caller') pc.restartIce()
    },
    close,
  }
}

export const voices: Record<Way, OpenVoice> = {
  ours: openOurVoice,
  peer: openPlainVoice,
  limit: openBareVoice,
}
