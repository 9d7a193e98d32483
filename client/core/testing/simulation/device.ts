import type { Bytes } from '../../../../shared/crypto/bytes.ts'
import { parsePersonName } from '../../../../shared/names.ts'
import { createHearth, type RunningHearth } from '../../create-hearth.ts'
import type { RefusedThing } from '../../hearth.ts'
import { hashDeparted, makeRekey, openEpoch, recipientIdOf } from '../../group/rekey.ts'
import { entryKinds } from '../../log/entry.ts'
import type { LogStore } from '../../ports.ts'
import { noTrustMarks } from '../../room/trust-marks.ts'
import { createSeededRandom } from '../seeded-random.ts'
import { createValue } from '../../value.ts'
import type { FamilyDocumentStore } from '../../group/family.ts'
import type { Cast, Player } from './cast.ts'
import type { DeviceClock } from './device-clock.ts'

/** What a newcomer is given of the family (A8): its keys, and its document as it was then. */
export interface Welcome {
  epochs: readonly Bytes[]
  /** A Yjs update. */
  document: Bytes | undefined
}
export const noWelcome: Welcome = { epochs: [], document: undefined }

export interface CoreOptions {
  cast: Cast
  player: Player
  welcome: Welcome
  store: LogStore
  documentStore: FamilyDocumentStore & { readonly isEmpty: boolean }
  clock: DeviceClock
  randomSeed: number
  onTrouble(what: string): void
  /** Somebody who is out, and does not know it, goes on honestly. */
  isExpected(refused: RefusedThing): boolean
}

/** Starts the real core of a device on its disk, as enter-family.ts does. The one place that knows how. */
export const startCore = async (options: CoreOptions): Promise<RunningHearth> => {
  const { cast, player, store, documentStore, clock } = options
  const isNew = documentStore.isEmpty
  const created = await createHearth({
    genesis: cast.genesis,
    account: player.account,
    loginName: player.person,
    device: player.device,
    certificate: player.certificate,
    known: player.known,
    epochs: options.welcome.epochs,
    trust: createValue(noTrustMarks),
    store,
    documentStore,
    clock,
    random: createSeededRandom(options.randomSeed),
  })
  if (!created.ok) throw new Error(created.problem.type)
  const hearth = created.value
  // No honest device is refused anything (P3).
  hearth.refusals.subscribe(([newest]) => {
    if (newest && !options.isExpected(newest))
      options.onTrouble(
        `refused ${newest.why} of ${newest.from?.deviceName ?? 'somebody'}: ${newest.about.type}`,
      )
  })
  const { document } = options.welcome
  if (isNew && document) await hearth.family.take(document)
  return hearth
}

/** What a newcomer does first: says whose it is, and what its person is called. Where the disk is full, the next start tries again. */
export const introduce = async (
  hearth: RunningHearth,
  { account, person, isFirst }: Player,
): Promise<void> => {
  const announced = await hearth.family.announce()
  if (announced.ok && isFirst && !hearth.family.state.get().profiles.has(account))
    await giveName(hearth, person, '')
}

export const giveName = async (hearth: RunningHearth, name: string, status: string): Promise<boolean> => {
  const parsed = parsePersonName(name)
  if (!parsed.ok) throw new Error(parsed.problem.type)
  const profile = { kind: entryKinds.profile, name: parsed.value, status, picture: new Uint8Array(0) }
  return (await hearth.family.write(profile)).ok
}

/** Loads what the core loads when it first needs it: within a schedule nothing waits for a file. */
export const loadAll = async ({ genesis, players }: Cast): Promise<void> => {
  const [player] = players
  if (!player) return
  const random = createSeededRandom(0)
  const recipients = [{ id: recipientIdOf(player.device.id), kem: player.device.kem.publicKey }]
  const wish = { recipients, departed: await hashDeparted([]), before: [] }
  await makeRekey(genesis.group, await openEpoch(random.bytes(32)), wish, random)
}
