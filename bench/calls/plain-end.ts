import SimplePeer, { type SimplePeer as Peer } from 'simple-peer/simplepeer.min.js'
import { trackOf, type OpenCallEnd } from './call-end.ts'
import { paintFirstFrame } from './first-frame.ts'

/** The plain way: whoever accepts makes a connection with its tracks, and says so over a WebSocket that is open. */
export const openPlainEnd: OpenCallEnd = async ({ name, hub, iceServers, own }) => {
  const socket = new WebSocket(`${hub}/plain?room=${encodeURIComponent(name)}`)
  const config = { iceServers: iceServers as RTCIceServer[] }
  let peer: Peer | undefined
  const connect = (initiator: boolean): Peer => {
    const made = new SimplePeer({ initiator, stream: own, config })
    made.on('signal', (signal) => socket.send(JSON.stringify(signal)))
    made.on('error', () => undefined)
    peer = made
    return made
  }
  socket.addEventListener('message', ({ data }) => {
    const signal: unknown = JSON.parse(String(data))
    ;(peer ?? connect(false)).signal(signal)
  })
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  return {
    ready: Promise.resolve(),
    async accept() {
      const at = performance.now()
      const calling = connect(true)
      const stream = await new Promise<MediaStream>((resolve) => calling.on('stream', resolve))
      return (await paintFirstFrame(trackOf(stream, 'video'), at)) - at
    },
    close() {
      peer?.destroy()
      socket.close()
    },
  }
}
