import { socketPath } from '../../shared/session.ts'
import type { Family } from '../core/group/family.ts'
import type { Device } from '../core/identity/device.ts'
import type { FamilySecrets } from '../core/identity/family-secrets.ts'
import type { Value } from '../core/value.ts'
import { sendToServer } from './api-send.ts'
import { browserClock } from './browser-clock.ts'
import { browserRandom } from './browser-random.ts'
import { fetchIce } from './ice.ts'
import { createNetwork, type BrowserNetwork } from './network.ts'
import { browserPageEvents } from './page-events.ts'
import { openBrowserSocket } from './raw-socket.ts'
import { readSession, renewSession, type SessionProblem } from './session.ts'

export interface ConnectOptions {
  device: Device
  secrets: FamilySecrets
  family: Family
  isAddressHidden: Value<boolean>
  /** The server will not have this device any more. */
  onRefused(why: SessionProblem['type']): void
}

/** The network over this browser's own sockets, clock and chance, to the server this page came from. */
export const connectBrowser = ({
  device,
  secrets,
  family,
  isAddressHidden,
  onRefused,
}: ConnectOptions): Promise<BrowserNetwork> =>
  createNetwork({
    device,
    secrets,
    membership: {
      credential: family.credential,
      check: family.checkCredential,
      standingOf: family.standingOf,
      onChange: (listener) => family.state.subscribe(listener),
    },
    family: {
      doc: family.doc,
      // What is known already changes nothing, but y-webrtc counts on hearing it.
      admit: async (update, from) => {
        const verdict = await family.admit(update, from)
        return verdict === 'known' ? 'admitted' : verdict
      },
    },
    socketUrl: `${location.origin.replace(/^http/, 'ws')}${socketPath}`,
    openSocket: openBrowserSocket,
    readSession: () => readSession(sendToServer, device.id),
    renewSession: async () => {
      const renewed = await renewSession(sendToServer, device)
      if (!renewed.ok) onRefused(renewed.problem.type)
      return renewed
    },
    fetchIce,
    isAddressHidden,
    pageEvents: browserPageEvents,
    clock: browserClock,
    random: browserRandom,
  })
