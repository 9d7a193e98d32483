import * as Y from 'yjs'
import { readFamilyLink } from '../../../shared/family-link.ts'
import { socketPath } from '../../../shared/session.ts'
import { fromBase64Url, toBase64Url } from '../../core/crypto/base64url.ts'
import { openDevice } from '../../core/identity/device.ts'
import { deriveFamilySecrets } from '../../core/identity/family-secrets.ts'
import type { LogId } from '../../core/ports.ts'
import { browserClock } from '../browser-clock.ts'
import { browserRandom } from '../browser-random.ts'
import { fetchIce } from '../ice.ts'
import { createNetwork } from '../network.ts'
import { browserPageEvents } from '../page-events.ts'
import { openBrowserSocket } from '../raw-socket.ts'
import { openSession, readSession } from '../session.ts'

/** The network alone in a page, for a script that drives it: no screen, no store, and a document that admits all. */

const connections: RTCPeerConnection[] = []
const BareConnection = window.RTCPeerConnection
window.RTCPeerConnection = class extends BareConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    connections.push(this)
  }
}

const keptSeed = localStorage.getItem('seed')
const seed = (keptSeed === null ? undefined : fromBase64Url(keptSeed)) ?? browserRandom.bytes(32)
localStorage.setItem('seed', toBase64Url(seed))
const secret = fromBase64Url(readFamilyLink(location.hash) ?? '')
if (secret === undefined) throw new Error('this page needs a family link')

const device = await openDevice(seed)
const secrets = await deriveFamilySecrets(secret)
const doc = new Y.Doc({ gc: false })
doc.clientID = device.feed
const startedAt = performance.now()
let firstLinkMs: number | undefined
const network = await createNetwork({
  device,
  secrets,
  family: { doc, admit: () => Promise.resolve('admitted') },
  socketUrl: `${location.origin.replace(/^http/, 'ws')}${socketPath}`,
  openSocket: openBrowserSocket,
  readSession: () => readSession(device.id),
  renewSession: () => openSession({ code: secrets.admission, device: device.id }),
  fetchIce,
  pageEvents: browserPageEvents,
  clock: browserClock,
  random: browserRandom,
})
/** When the number of Links changed, by the clock that all pages of a machine share. */
const linkTimes: { atMs: number; count: number }[] = []
network.links.subscribe((links) => {
  linkTimes.push({ atMs: Date.now(), count: links.length })
  if (links.length > 0) firstLinkMs ??= performance.now() - startedAt
})

const mesh = {
  device: device.id,
  network,
  linkTimes,
  links: () => network.links.get().map((link) => link.device),
  firstLinkMs: () => firstLinkMs,
  openConnections: () => connections.filter(({ connectionState }) => connectionState !== 'closed').length,
  iceStates: () => connections.map(({ iceConnectionState }) => iceConnectionState),
  write: (key: string, text: string) => void doc.getMap('family').set(key, text),
  read: (key: string): unknown => doc.getMap('family').get(key),
  typing: (room: string) => network.setPresence({ typingIn: room as LogId }),
  presence: () => [...network.presence.get()],
  changeNetwork: () => window.dispatchEvent(new Event('online')),
}
export type MeshPage = typeof mesh
declare global {
  interface Window {
    mesh: MeshPage
  }
}
window.mesh = mesh
