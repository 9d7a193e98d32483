import { linkChannels } from '../../client/core/ports.ts'
import { planSending } from '../../client/core/call/sending-plan.ts'
import { pictureSending } from '../../client/net/media/call-media.ts'
import { trackOf, type OpenCallEnd } from './call-end.ts'
import { paintFirstFrame } from './first-frame.ts'
import { audioSending } from './sendings.ts'
import { agreeOnLines, followLinks, openOurNetwork, type LinkedLines } from './our-network.ts'

/** What calls begin with. */
const uplinkBps = 2_500_000
const accepted = Uint8Array.of(9)

/** Ours: a Link that is open, its lines agreed on while it rings; to accept is a message on the control channel (C3). */
export const openOurEnd: OpenCallEnd = async ({ role, own, ...place }) => {
  const network = await openOurNetwork(place)
  const send = async ({ link: { device }, media }: LinkedLines) => {
    const camera = trackOf(own, 'video')
    // As calls do: what leaves first is planned before the other side has said what it shows.
    const receiver = { device, tiles: undefined, lossPerMille: 0, rttMs: 0 }
    const { height } = camera.getSettings()
    const wish = { receivers: [receiver], uplinkBps, cpu: 'fine', cameraHeight: height } as const
    const plan = planSending({ ...wish, screenHeight: undefined }).to.get(device)
    await Promise.all([
      plan && media.setSending('audio', audioSending(plan)),
      plan && media.setSending('camera', pictureSending(plan.camera)),
      media.send('audio', trackOf(own, 'audio')),
      media.send('camera', camera),
    ])
  }
  const linked = new Promise<LinkedLines>((resolve) => followLinks(network, resolve))
  const ready = linked.then(async (lines) => {
    if (role === 'caller') lines.link.listen(linkChannels.control, () => void send(lines))
    await agreeOnLines(lines.media)
  })
  return {
    ready,
    async accept() {
      const lines = await linked
      const at = performance.now()
      lines.link.send(linkChannels.control, accepted)
      void send(lines)
      const { remote } = lines.media
      const camera = await new Promise<MediaStreamTrack>((resolve) => {
        const look = () => {
          const track = remote.get().camera
          if (track !== undefined) resolve(track)
        }
        remote.subscribe(look)
        look()
      })
      return (await paintFirstFrame(camera, at)) - at
    },
    close: () => network.close(),
  }
}
