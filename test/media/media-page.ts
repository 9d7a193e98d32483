import * as Y from 'yjs'
import type { DeviceId } from '../../shared/identifiers.ts'
import { openDevice } from '../../client/core/identity/device.ts'
import { linkChannels, type Clock } from '../../client/core/ports.ts'
import { browserClock } from '../../client/net/browser-clock.ts'
import { browserRandom } from '../../client/net/browser-random.ts'
import { createDiagnostics } from '../../client/net/diagnostics.ts'
import { createFamilyExchange } from '../../client/net/family-exchange.ts'
import { createIceSource } from '../../client/net/ice.ts'
import type { IntroductionPayload } from '../../client/net/introduction-payload.ts'
import type { LineKind } from '../../client/net/media/line-kinds.ts'
import type { MediaEnd } from './media-end.ts'
import {
  beginMeshConnection,
  type MeshConnection,
  type ProvenLink,
} from '../../client/net/mesh-connection.ts'
import { watchTrack, type Watched } from './watch-track.ts'
import { drawMovingPicture } from './moving-picture.ts'

/** Our clock can be put forward, so that nothing waits for a lost offer to be given up. */
let skippedMs = 0
const clock: Clock = { ...browserClock, now: () => browserClock.now() + skippedMs }

const diagnostics = createDiagnostics(clock)
const seedOf = (name: string) => new Uint8Array(32).fill(name.charCodeAt(0))
let offersMade = 0

let isServerAway = false
let connection: MeshConnection | undefined
let proven: Promise<ProvenLink>
let heardChat = 0
let capture: MediaStream | undefined
const watched = new Map<LineKind, Promise<Watched>>()
const pictures = new Map<LineKind, () => void>()
const early: unknown[] = []

const carry = (payload: IntroductionPayload): void => {
  if (payload.type === 'offer') offersMade += 1
  if (!isServerAway) void window.carryToOther!(payload)
}

const end: MediaEnd = {
  deviceOf: async (name) => (await openDevice(seedOf(name))).id,
  async begin({ name, peer, role }) {
    const device = await openDevice(seedOf(name))
    const family = await createFamilyExchange({
      doc: new Y.Doc(),
      admit: () => Promise.resolve('admitted'),
      self: { id: device.id, feed: 1 },
      name,
      onBug: reportError,
      onRefusal: () => undefined,
    })
    proven = new Promise((resolve) => {
      connection = beginMeshConnection({
        peer: peer as DeviceId,
        attempt: {
          connection: 'connection-connection' as never,
          instance: 'instance' as never,
          ask: 'ask' as never,
        },
        role,
        tools: {
          device,
          membership: { credential: () => new Uint8Array(8), check: () => Promise.resolve('member') },
          room: family.room,
          ice: createIceSource(() => Promise.resolve(undefined), clock),
          isAddressHidden: () => false,
          clock,
          random: browserRandom,
          diagnostics,
          isServerHere: () => true,
          send: (_to, _instance, payload) => carry(payload),
          onRefusal: () => undefined,
        },
        onLink: resolve,
        onBroken: () => undefined,
        onEnded: (why) => diagnostics.note('ended', { why }),
      })
    })
    for (const signal of early) connection!.hear(signal as never)
    const { link } = await proven
    link.listen(linkChannels.pages, (message) => {
      if (message[0] === 1) link.send(linkChannels.pages, Uint8Array.of(2))
      else heardChat += 1
    })
  },
  hear(signal) {
    if (connection === undefined) early.push(signal)
    else connection.hear(signal as never)
  },
  async prepare() {
    const { media } = await proven
    media.prepare()
    await new Promise<void>((resolve) => {
      const look = () => {
        if (media.ready.get()) resolve()
      }
      media.ready.subscribe(look)
      look()
    })
  },
  async prepareAmidNewWays() {
    const { media, connection: made } = await proven
    const pc = made.conn.peer._pc
    pc?.addEventListener('signalingstatechange', () => connection?.networkChanged(), { once: true })
    media.prepare()
  },
  async start(kind) {
    const { media } = await proven
    let track: MediaStreamTrack | undefined
    if (kind === 'screen') {
      const picture = drawMovingPicture()
      pictures.set(kind, picture.stop)
      track = picture.track
      track.contentHint = 'detail'
    } else {
      capture ??= await navigator.mediaDevices.getUserMedia({ audio: true, video: true })
      track = kind === 'camera' ? capture.getVideoTracks()[0] : capture.getAudioTracks()[0]
    }
    const at = performance.timeOrigin + performance.now()
    const sent = await media.send(kind, track ?? null)
    if (!sent.ok) throw new Error(JSON.stringify(sent.problem))
    return at
  },
  async limit(kind, sending) {
    const set = await (await proven).media.setSending(kind, sending)
    if (!set.ok) throw new Error(JSON.stringify(set.problem))
  },
  async stop(kind) {
    await (await proven).media.send(kind, null)
    pictures.get(kind)?.()
  },
  async remoteKinds() {
    return Object.keys((await proven).media.remote.get())
  },
  async watch(kind) {
    const { media } = await proven
    const found = new Promise<MediaStreamTrack>((resolve) => {
      const look = () => {
        const track = media.remote.get()[kind]
        if (track !== undefined) resolve(track)
      }
      media.remote.subscribe(look)
      look()
    })
    watched.set(
      kind,
      found.then((track) => watchTrack(track)),
    )
    await Promise.resolve()
  },
  firstFrameAt: async (kind) => (await watched.get(kind)!).firstFrameAt,
  pictureNow: async (kind) => (await watched.get(kind)!).picture(),
  framesNow: async (kind) => (await watched.get(kind)!).frames(),
  level: async (kind) => (await proven).media.level(kind),
  stats: async () => (await proven).media.stats(),
  async chat() {
    const before = heardChat
    ;(await proven).link.send(linkChannels.pages, Uint8Array.of(1))
    while (heardChat === before) await new Promise((resolve) => requestAnimationFrame(resolve))
    return heardChat
  },
  loseServer(isLost) {
    isServerAway = isLost
  },
  skipTime(ms) {
    skippedMs += ms
  },
  changeNetwork: () => connection?.networkChanged(),
  async connectionState() {
    const { connection: made, link } = await proven
    const pc = made.conn.peer._pc
    const ufrag = /a=ice-ufrag:(\S+)/.exec(pc?.currentLocalDescription?.sdp ?? '')?.[1]
    return { isOpen: link.isOpen, signaling: pc?.signalingState, ufrag }
  },
  sdp: async () => (await proven).connection.conn.peer._pc?.currentLocalDescription?.sdp,
  offersMade: () => offersMade,
  events: () => diagnostics.events.get().map(({ code, why }) => `${code} ${why ?? ''}`),
}

window.mediaEnd = end
