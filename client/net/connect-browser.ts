import { socketPath } from '../../shared/session.ts'
import type { Device } from '../core/identity/device.ts'
import type { FamilySecrets } from '../core/identity/family-secrets.ts'
import type { Family } from '../core/group/family.ts'
import { browserClock } from './browser-clock.ts'
import { browserRandom } from './browser-random.ts'
import { fetchIce } from './ice.ts'
import { createNetwork, type BrowserNetwork } from './network.ts'
import { browserPageEvents } from './page-events.ts'
import { openBrowserSocket } from './raw-socket.ts'
import { openSession, readSession } from './session.ts'

export interface ConnectOptions {
  device: Device
  secrets: FamilySecrets
  family: Family
}

/** The network over this browser's own sockets, clock and chance, to the server this page came from. */
export const connectBrowser = ({ device, secrets, family }: ConnectOptions): Promise<BrowserNetwork> =>
  createNetwork({
    device,
    secrets,
    family: {
      doc: family.doc,
      // What is known already changes nothing, but y-webrtc counts on hearing it.
      admit: async (update) => {
        const verdict = await family.admit(update)
        return verdict === 'known' ? 'admitted' : verdict
      },
    },
    socketUrl: `${location.origin.replace(/^http/, 'ws')}${socketPath}`,
    openSocket: openBrowserSocket,
    readSession: () => readSession(device.id),
    renewSession: () => openSession({ code: secrets.admission, device: device.id }),
    fetchIce,
    pageEvents: browserPageEvents,
    clock: browserClock,
    random: browserRandom,
  })
