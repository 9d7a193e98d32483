import { createFakeClock, type FakeClock } from '../../../core/testing/fake-clock.ts'
import { createSeededRandom } from '../../../core/testing/seeded-random.ts'
import { openDevice, type Device } from '../../../core/identity/device.ts'
import type { LinkDiagnostic } from '../diagnostics.ts'
import { openLink, type ManagedLink, type OpenLinkOptions } from '../open-link.ts'
import { createMemoryWirePair, type MemoryWirePair } from './memory-wire.ts'

const hexOf = (byte: number): string =>
  Array.from({ length: 32 }, () => byte.toString(16).padStart(2, '0')).join(':')

/** The fingerprints of two certificates, as an SDP would say them. */
export const leftFingerprint = `sha-256 ${hexOf(0xaa).toUpperCase()}`
export const rightFingerprint = `sha-256 ${hexOf(0xbb)}`
export const linkKey = new Uint8Array(32).fill(7)

export const deviceOf = (seed: number): Promise<Device> => openDevice(new Uint8Array(32).fill(seed))

export interface Bench {
  clock: FakeClock
  wires: MemoryWirePair
  /** Anna dials; her wire is the left one. */
  left: OpenLinkOptions
  right: OpenLinkOptions
  diagnostics: LinkDiagnostic[]
}

/** Two devices before a wire, with all that either needs to open a Link over it. */
export const createBench = async (
  wire: { seed?: number; bytesPerMs?: number; latencyMs?: number } = {},
): Promise<Bench> => {
  const { seed, ...pace } = wire
  const clock = createFakeClock()
  const wires = createMemoryWirePair({
    clock,
    ...pace,
    ...(seed !== undefined && { random: createSeededRandom(seed) }),
  })
  const [anna, bert] = [await deviceOf(1), await deviceOf(2)]
  const diagnostics: LinkDiagnostic[] = []
  const shared = { linkKey, clock, onDiagnostic: (event: LinkDiagnostic) => diagnostics.push(event) }
  return {
    clock,
    wires,
    diagnostics,
    left: {
      ...shared,
      wire: wires.left,
      role: 'initiator',
      device: anna,
      expected: bert.id,
      fingerprints: { local: leftFingerprint, remote: rightFingerprint },
      random: createSeededRandom(11),
    },
    right: {
      ...shared,
      wire: wires.right,
      role: 'responder',
      device: bert,
      expected: anna.id,
      fingerprints: { local: rightFingerprint, remote: leftFingerprint },
      random: createSeededRandom(12),
    },
  }
}

/** Opens both ends, or throws. */
export const openPair = async (bench: Bench): Promise<{ left: ManagedLink; right: ManagedLink }> => {
  const opening = Promise.all([openLink(bench.left), openLink(bench.right)])
  const [left, right] = await bench.clock.advanceUntil(opening)
  if (!left.ok || !right.ok) throw new Error('the pair did not open')
  return { left: left.value, right: right.value }
}
