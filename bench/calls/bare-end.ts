import { openBareConnection } from './bare-connection.ts'
import { trackOf, type OpenCallEnd } from './call-end.ts'
import { paintFirstFrame } from './first-frame.ts'

/** The limit: a bare connection that is open, and a bare message on whose arrival tracks are put in. */
export const openBareEnd: OpenCallEnd = ({ role, iceServers, own }) => {
  const { channel, lines, open, close } = openBareConnection(role === 'caller', iceServers)
  const send = () => {
    for (const { sender, receiver } of lines())
      void sender.replaceTrack(trackOf(own, receiver.track.kind as 'audio' | 'video'))
  }
  if (role === 'caller') channel.addEventListener('message', send)
  return Promise.resolve({
    ready: open,
    async accept() {
      const at = performance.now()
      channel.send('accepted')
      send()
      const picture = trackOf(new MediaStream(lines().map(({ receiver }) => receiver.track)), 'video')
      return (await paintFirstFrame(picture, at)) - at
    },
    close,
  })
}
