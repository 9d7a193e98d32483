import { createFakeClock, type FakeClock } from '../../../core/testing/fake-clock.ts'
import { createSeededRandom } from '../../../core/testing/seeded-random.ts'
import { checkCredential, encodeCredential, proofOf } from '../../../core/group/credential.ts'
import type { Genesis } from '../../../core/group/genesis.ts'
import { foldMembership, type PlacedStatement } from '../../../core/group/membership.ts'
import { certificateStatement, readStatement } from '../../../core/group/statements.ts'
import type { Device } from '../../../core/identity/device.ts'
import {
  createRelative,
  foundFamily,
  inviteRelative,
  type Relative,
} from '../../../core/testing/relatives.ts'
import type { LinkMembership } from '../membership.ts'
import type { LinkDiagnostic } from '../diagnostics.ts'
import { openLink, type ManagedLink, type OpenLinkOptions } from '../open-link.ts'
import { createMemoryWirePair, type MemoryWirePair } from './memory-wire.ts'

const hexOf = (byte: number): string =>
  Array.from({ length: 32 }, () => byte.toString(16).padStart(2, '0')).join(':')

/** The fingerprints of two certificates, as an SDP would say them. */
export const leftFingerprint = `sha-256 ${hexOf(0xaa).toUpperCase()}`
export const rightFingerprint = `sha-256 ${hexOf(0xbb)}`

export const deviceOf = async (seed: number): Promise<Device> => (await createRelative(seed)).device

/** What a device knows of its family, and shows of itself. */
const membershipOf = async (
  genesis: Genesis,
  { account, certificate }: Relative,
  known: readonly Uint8Array<ArrayBuffer>[],
): Promise<LinkMembership> => {
  const statements: PlacedStatement[] = []
  for (const bytes of [certificateStatement(certificate), ...known]) {
    const statement = await readStatement(genesis.group, bytes)
    if (statement) statements.push({ statement })
  }
  const membership = foldMembership(genesis, statements)
  return {
    credential: () => encodeCredential({ certificate, proof: proofOf(membership, account) }),
    check: (device, credential) => checkCredential({ membership, statements }, device, credential),
  }
}

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
  wire: { seed?: number; bytesPerMs?: number; latencyMs?: number; founder?: number } = {},
): Promise<Bench> => {
  const { seed, founder = 1, ...pace } = wire
  const clock = createFakeClock()
  const wires = createMemoryWirePair({
    clock,
    ...pace,
    ...(seed !== undefined && { random: createSeededRandom(seed) }),
  })
  // Anna founded the family and has not met Bert yet, whom she invited.
  const [anna, bert] = [await createRelative(founder), await createRelative(2)]
  const genesis = await foundFamily(anna)
  const { statements } = await inviteRelative(genesis, anna, bert)
  const diagnostics: LinkDiagnostic[] = []
  const shared = { clock, onDiagnostic: (event: LinkDiagnostic) => diagnostics.push(event) }
  return {
    clock,
    wires,
    diagnostics,
    left: {
      ...shared,
      wire: wires.left,
      role: 'initiator',
      device: anna.device,
      membership: await membershipOf(genesis, anna, []),
      expected: bert.device.id,
      fingerprints: { local: leftFingerprint, remote: rightFingerprint },
      random: createSeededRandom(11),
    },
    right: {
      ...shared,
      wire: wires.right,
      role: 'responder',
      device: bert.device,
      membership: await membershipOf(genesis, bert, statements),
      expected: anna.device.id,
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
