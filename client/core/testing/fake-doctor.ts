import { createValue } from '../value.ts'
import type { ConnectionDoctor, DoctorFacts } from '../doctor.ts'

export const wellFacts: DoctorFacts = {
  page: { isSecure: true, hasNetwork: true },
  storage: { isPersistent: true },
  server: { delayMs: 12 },
  clock: { aheadMs: 400 },
  socket: { status: 'connected', sinceMs: 1_000, nowMs: 61_000 },
  stun: 'works',
  relay: { fact: 'works', isAddressHidden: false },
  devices: [{ person: 'Bob', deviceName: 'Chrome on Linux', way: { isRelayed: false, delayMs: 7.4 } }],
}

/** Finds all at once, and all well but for what it is told. */
export const createFakeDoctor = (found: Partial<DoctorFacts> = {}): ConnectionDoctor => ({
  examine(tell) {
    tell({ ...wellFacts, ...found })
    return { done: Promise.resolve(), stop: () => undefined }
  },
  ways: createValue(new Map()),
  lookAtWays: () => undefined,
  events: () => [
    { agoMs: 61_000, code: 'socketOpened' },
    { agoMs: 58_000, code: 'linkOpened' },
  ],
})
