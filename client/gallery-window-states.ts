import type { ConnectionDoctor, DoctorFacts, LinkedDevice } from './core/doctor.ts'
import { createFakeDoctor } from './core/testing/fake-doctor.ts'
import { createFakeStorage, type FakeStorageOptions } from './core/testing/fake-storage.ts'
import { bob, mia } from './core/testing/fake-family.ts'
import type { FakeHearth } from './core/testing/fake-hearth.ts'
import type { LogId } from './core/ports.ts'
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
  const storageWith = (found: FakeStorageOptions) => () => {
    at({ over: [{ name: 'storage' }] })
    const hearth = hearthWith()
    const logs = hearth.rooms.get().map(({ id }, index) => ({
      log: id,
      bytes: 48_300_000 / (index + 1) ** 2,
      messages: 120_400 >> (index * 2),
    }))
    const keys = { log: 'keys' as LogId, bytes: 310_000, messages: 0 }
    hearth.storage.set(createFakeStorage({ logs: [...logs, keys], ...found }))
    return ready(hearth, {})
  }
  return {
    ...Object.fromEntries(plainPlaces.map((name) => [stateNameOf(name), opened({ name })])),
    windowVerify: opened({ name: 'verify', person: bob.id }),
    doctorContent: opened({ name: 'connection' }, { devices }),
    doctorTroubled: opened({ name: 'connection' }, troubled),
    windowStorage: storageWith({}),
    windowStorageNearlyFull: storageWith({
      estimate: { usedBytes: 4_300_000_000, quotaBytes: 5_000_000_000 },
      isFull: true,
    }),
    windowStorageNotPromised: storageWith({ isPromised: false, lacking: 3 }),
    windowStorageUnknown: storageWith({ estimate: 'unknown', isPromised: 'unknown', logs: [] }),
  }
}
