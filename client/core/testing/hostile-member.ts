import * as encoding from 'lib0/encoding'
import * as syncProtocol from 'y-protocols/sync'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { ok } from '../../../shared/result.ts'
import { openFamily, type Family } from '../group/family.ts'
import { createHybridClock } from '../log/hybrid-clock.ts'
import { linkChannels, type Link, type LogId } from '../ports.ts'
import { encodeSyncMessage, type SyncMessage } from '../sync/messages.ts'
import { createForge, type Forged, type Wish } from './forge-entry.ts'
import type { Household, Member } from './household.ts'
import { createMemoryStore } from './memory-store.ts'
import { createRelative, inviteRelative, type Relative } from './relatives.ts'
import { createSeededRandom } from './seeded-random.ts'

export type { Forged, Wish } from './forge-entry.ts'

/**
 * A member of the family with a real certificate, real keys and links to the others, who says whatever a test has them say: no
 * code of the core stands between what is forged and the link.
 */
export interface HostileMember {
  readonly relative: Relative
  /** Honest as far as it goes: what it is told, and the keys it has. */
  readonly family: Family
  /** Meets somebody anew: whatever was refused before is forgotten. */
  meet(other: Member): Promise<Link>
  isLinked(other: Member): boolean
  /** An entry for the general room, first in its feed, under the keys of now, but for what the test wants otherwise. */
  write(wish?: Wish): Promise<Forged>
  /** On the pages channel. */
  say(other: Member, message: SyncMessage | Bytes): void
  sendEntries(other: Member, update: Bytes, at?: { log?: LogId; page?: number }): void
  /** An update of the family document. */
  sendDocument(other: Member, update: Bytes): void
}

/** The founder of a household, and so the family’s owner. */
export const ownerOf = (): Promise<Relative> => createRelative(1)

export const createHostileMember = async (
  house: Household,
  known: Member,
  { seed = 666, device }: { seed?: number; device?: Pick<Relative, 'device' | 'certificate'> } = {},
): Promise<HostileMember> => {
  const { genesis, general } = known.hearth.family
  const relative = { ...(await createRelative(seed)), ...device }
  const { statements } = await inviteRelative(genesis, await ownerOf(), relative, { seed })
  const clock = house.clock
  const opened = await openFamily({
    genesis,
    device: relative.device,
    certificate: relative.certificate,
    known: statements,
    store: createMemoryStore(),
    documentStore: { load: () => Promise.resolve(ok(undefined)), close: () => Promise.resolve() },
    epochs: await known.hearth.family.keys.secrets(),
    time: createHybridClock(clock),
    clock,
    random: createSeededRandom(seed),
  })
  if (!opened.ok) throw new Error(opened.problem.type)
  const family = opened.value
  await family.announce()
  const network = house.hub.join(relative.device.id, family)

  const linkTo = (other: Member): Link | undefined =>
    network.links.get().find((link) => link.device === other.id)

  const say: HostileMember['say'] = (other, message) => {
    const bytes = message instanceof Uint8Array ? message : encodeSyncMessage(message)
    linkTo(other)?.send(linkChannels.pages, bytes)
  }

  return {
    relative,
    family,
    async meet(other) {
      house.hub.cut(relative.device.id, other.id)
      house.hub.connect(relative.device.id, other.id)
      const link = linkTo(other)
      if (!link) throw new Error('they did not meet')
      link.listen(linkChannels.pages, () => undefined)
      await house.clock.advance(20)
      return link
    },
    isLinked: (other) => linkTo(other)?.isOpen === true,
    write: createForge({
      place: { group: genesis.group, log: general, page: 0 },
      device: relative.device,
      bodies: family.bodies,
      clock,
    }),
    say,
    sendEntries(other, update, { log = general, page = 0 } = {}) {
      say(other, { type: 'entries', log, page, update })
    },
    sendDocument(other, update) {
      const message = encoding.createEncoder()
      syncProtocol.writeUpdate(message, update)
      linkTo(other)?.send(linkChannels.family, copyBytes(encoding.toUint8Array(message)))
    },
  }
}
