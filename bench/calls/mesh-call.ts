import SimplePeer from 'simple-peer/simplepeer.min.js'
import { beginCameraSizing, stepCameraSizing } from '../../client/core/call/camera-size.ts'
import { planSending, type SendingPlan } from '../../client/core/call/sending-plan.ts'
import { linkChannels } from '../../client/core/ports.ts'
import { pictureSending } from '../../client/net/media/call-media.ts'
import { fullLinesOf, resizeCamera, shareOfFull } from '../../client/net/media/camera-size.ts'
import type { EndOptions, Way } from './call-end.ts'
import { trackOf } from './call-end.ts'
import { agreeOnLines, followLinks, openOurNetwork, type LinkedLines } from './our-network.ts'
import { audioSending } from './sendings.ts'
import { showInTile } from './tiles.ts'

/** A call of several, of which one takes part whom the others speak with; what the others say among themselves is left out. */
export interface MeshOptions extends Omit<EndOptions, 'role'> {
  way: Way
  /** Undefined for the one who is measured; the others count from 0. */
  other: number | undefined
  /** How many others there are. */
  others: number
  /** How high a tile of the grid is, in lines. */
  tileHeight: number
}

const iAmMeasured = Uint8Array.of(8)
/** More than all pictures need, so that only tiles bound them. */
const uplinkBps = 20_000_000
/** More than a camera waits for before it changes. */
const plansToSettle = 10

let fitting: Promise<void> | undefined

/** All who are in this page send the one camera the same way, so it is fitted once. */
const fitCamera = async (camera: MediaStreamTrack, plan: SendingPlan): Promise<void> => {
  const lines = fullLinesOf(camera)
  let sizing = beginCameraSizing
  for (let times = 0; times < plansToSettle; times++) sizing = stepCameraSizing(sizing, plan, lines)
  if (sizing.size === 'half') await resizeCamera(camera, 'half')
}

/** What everybody sends to everybody, of which we need what goes to one. */
const sendPlanned = async (
  { media }: LinkedLines,
  { own, others, tileHeight }: MeshOptions,
): Promise<void> => {
  const camera = trackOf(own, 'video')
  const tiles = { camera: tileHeight, screen: 0 }
  const receivers = Array.from({ length: others }, (_, index) => ({
    device: String(index) as never,
    tiles,
    lossPerMille: 0,
    rttMs: 1,
  }))
  // As a call does once everybody has shown small pictures for a while.
  const cameraHeight = fullLinesOf(camera)
  const wish = { receivers, uplinkBps, cpu: 'fine', cameraHeight, screenHeight: undefined } as const
  const whole = planSending(wish)
  const [plan] = whole.to.values()
  if (plan === undefined) throw new Error('nobody to send to')
  fitting ??= fitCamera(camera, whole)
  await fitting
  await Promise.all([
    media.setSending('audio', audioSending(plan)),
    media.setSending('camera', pictureSending(plan.camera, shareOfFull(camera))),
    media.send('audio', trackOf(own, 'audio')),
    media.send('camera', camera),
  ])
}

/** Ours. The limit is the same with a picture that is encoded once and goes to one: what a mesh cannot be cheaper than. */
const openOurMesh = async (options: MeshOptions): Promise<void> => {
  const network = await openOurNetwork(options)
  let linkedCount = 0
  followLinks(network, (linked) => {
    const { link, media } = linked
    const begin = async () => {
      const isFirst = linkedCount++ === 0
      await agreeOnLines(media)
      if (options.other !== undefined || options.way === 'ours' || isFirst) await sendPlanned(linked, options)
    }
    media.remote.subscribe(() => {
      const { camera } = media.remote.get()
      if (camera !== undefined) showInTile(camera)
    })
    if (options.other === undefined) {
      link.send(linkChannels.control, iAmMeasured)
      void begin()
    } else link.listen(linkChannels.control, () => void begin())
  })
}

/** The plain way: a connection for each, with the camera as it is. */
const openPlainMesh = ({ name, hub, own, other, others }: MeshOptions): void => {
  const pairs = other === undefined ? Array.from({ length: others }, (_, index) => index) : [other]
  for (const pair of pairs) {
    const socket = new WebSocket(`${hub}/plain?room=${encodeURIComponent(`${name} ${pair}`)}`)
    const connect = (initiator: boolean) => {
      const made = new SimplePeer({ initiator, stream: own, config: { iceServers: [] } })
      made.on('signal', (signal) => socket.send(JSON.stringify(signal)))
      made.on('stream', (stream) => showInTile(trackOf(stream, 'video')))
      return made
    }
    let peer: ReturnType<typeof connect> | undefined
    socket.addEventListener('message', ({ data }) => {
      const heard: unknown = JSON.parse(String(data))
      if (heard !== 'here') (peer ??= connect(false)).signal(heard)
      else peer ??= connect(true)
    })
    // The measured one is there first.
    socket.addEventListener('open', () => {
      if (other !== undefined) socket.send('"here"')
    })
  }
}

export const openMeshCall = async (options: MeshOptions): Promise<void> => {
  if (options.way === 'peer') openPlainMesh(options)
  else await openOurMesh(options)
}
