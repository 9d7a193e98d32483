import type { ConnectionDoctor, DoctorFacts, LinkedDevice } from './core/doctor.ts'
import { createFakeDoctor } from './core/testing/fake-doctor.ts'
import { bob, mia } from './core/testing/fake-family.ts'
import type { FakeHearth } from './core/testing/fake-hearth.ts'
import type { AppState } from './features/app-state.ts'
import { plainPlaces, type Place, type PlaceName } from './features/layout/screen.ts'
import { at } from './gallery-steps.ts'

interface WindowStateTools {
  hearthWith: () => FakeHearth
  ready: (hearth: FakeHearth, around?: { doctor?: ConnectionDoctor }) => AppState
}

const stateNameOf = (place: PlaceName) => `window${place.slice(0, 1).toUpperCase()}${place.slice(1)}`

const devices: readonly LinkedDevice[] = [
  { person: bob.name, deviceName: 'Chrome on Android', way: { isRelayed: false, delayMs: 7.4 } },
  { person: mia.name, deviceName: 'Firefox on Linux', way: { isRelayed: true, delayMs: 81 } },
  { person: '', deviceName: '', way: undefined },
]
const troubled: Partial<DoctorFacts> = {
  page: { isSecure: true, hasNetwork: false },
  storage: { isPersistent: false },
  server: 'away',
  clock: { aheadMs: -90_000 },
  socket: { status: 'unreachable', sinceMs: undefined, nowMs: 0 },
  stun: 'silent',
  relay: { fact: 'silent', isAddressHidden: true },
}

/** Every window over the chat, and the connection doctor's findings. */
export const windowStates = ({ hearthWith, ready }: WindowStateTools): Record<string, () => AppState> => {
  const opened = (place: Place, found?: Partial<DoctorFacts>) => () => {
    at({ over: [place] })
    return ready(hearthWith(), { doctor: createFakeDoctor(found) })
  }
  return {
    ...Object.fromEntries(plainPlaces.map((name) => [stateNameOf(name), opened({ name })])),
    windowVerify: opened({ name: 'verify', person: bob.id }),
    doctorContent: opened({ name: 'connection' }, { devices }),
    doctorTroubled: opened({ name: 'connection' }, troubled),
  }
}
