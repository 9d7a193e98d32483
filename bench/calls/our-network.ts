import * as Y from 'yjs'
import type { IceServer } from '../../shared/ice.ts'
import { ok } from '../../shared/result.ts'
import { openDevice } from '../../client/core/identity/device.ts'
import { deriveFamilySecrets } from '../../client/core/identity/family-secrets.ts'
import type { Link } from '../../client/core/ports.ts'
import { browserClock } from '../../client/net/browser-clock.ts'
import { browserRandom } from '../../client/net/browser-random.ts'
import type { MediaLines } from '../../client/net/media/media-lines.ts'
import { createNetwork, type BrowserNetwork } from '../../client/net/network.ts'
import { browserPageEvents } from '../../client/net/page-events.ts'
import { openBrowserSocket } from '../../client/net/raw-socket.ts'

export interface NetworkPlace {
  name: string
  hub: string
  iceServers: readonly IceServer[]
}

/** Our network as it is, for a new device of a family of that name; only sessions and membership are left out. */
export const openOurNetwork = async ({ name, hub, iceServers }: NetworkPlace): Promise<BrowserNetwork> => {
  const device = await openDevice(browserRandom.bytes(32))
  const secret = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(name)))
  const doc = new Y.Doc()
  doc.clientID = device.feed
  return createNetwork({
    device,
    secrets: await deriveFamilySecrets(secret),
    membership: {
      credential: () => new Uint8Array(8),
      check: () => Promise.resolve('member'),
      standingOf: () => 'member',
      onChange: () => () => undefined,
    },
    family: { doc, admit: () => Promise.resolve('admitted') },
    socketUrl: `${hub}/signaling?device=${device.id}`,
    openSocket: openBrowserSocket,
    readSession: () => Promise.resolve('open'),
    renewSession: () => Promise.resolve(ok(undefined)),
    fetchIce: () => Promise.resolve({ iceServers: [...iceServers] }),
    pageEvents: browserPageEvents,
    clock: browserClock,
    random: browserRandom,
  })
}

export interface LinkedLines {
  link: Link
  media: MediaLines
}

/** Calls for each Link from now on, and for those that are there. */
export const followLinks = (network: BrowserNetwork, onLink: (linked: LinkedLines) => void): void => {
  const known = new WeakSet<Link>()
  const look = () => {
    for (const link of network.links.get()) {
      const media = network.mediaOf(link.device)
      if (known.has(link) || media === undefined) continue
      known.add(link)
      onLink({ link, media })
    }
  }
  network.links.subscribe(look)
  look()
}

/** Resolves when the two have agreed on their lines, as they do while it rings. */
export const agreeOnLines = (media: MediaLines): Promise<void> => {
  media.prepare()
  return new Promise((resolve) => {
    const look = () => {
      if (media.connected.get()) resolve()
    }
    media.connected.subscribe(look)
    look()
  })
}
