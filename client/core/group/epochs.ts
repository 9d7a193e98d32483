import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { KemKeyPair } from '../crypto/x25519.ts'
import type { EntryTime } from '../log/entry.ts'
import { createSerial } from '../log/serial.ts'
import type { LogId } from '../ports.ts'
import { findSources } from './epoch-graph.ts'
import {
  openEpoch,
  openLinked,
  openRekey,
  recipientIdOf,
  type Epoch,
  type EpochId,
  type RecipientId,
  type Rekey,
} from './rekey.ts'

/** A rekey that somebody who belonged to the group wrote, and when. */
export interface PlacedRekey {
  rekey: Rekey
  ms: number
  /** The hybrid clock's counter within the millisecond (E4). */
  counter?: number
  /** The device that wrote it. */
  by?: RecipientId
}

/** A rekey where it stands in the group's log. */
export const placeRekey = (
  rekey: Rekey,
  { device, time }: { device: DeviceId; time: EntryTime },
): PlacedRekey => ({ rekey, ...time, by: recipientIdOf(device) })

/** A group's epochs, as far as this device knows and can open them (G3). */
export interface Epochs {
  /** What the group's log says now; in any order. */
  learn(rekeys: readonly PlacedRekey[]): void
  /** One that this device makes. */
  keep(epoch: Epoch): void
  /** Whether somebody of the group made it or links to it: an entry under any other is not taken. */
  has(id: EpochId): boolean
  /** By a box for this device, or by a later epoch that links back. Undefined where neither opens. */
  secretOf(id: EpochId): Promise<Bytes | undefined>
  /**
   * The fewest epochs that together open all that this device can open; those that open most first. With `mayUse` the fewest of those that may
   * be used that open as much of them.
   */
  heads(mayUse?: (id: EpochId) => Promise<boolean>): Promise<Epoch[]>
  /** All that say to have made it. */
  claimsOf(id: EpochId): readonly PlacedRekey[]
  /** Epochs that say that they open it. */
  linkersOf(id: EpochId): readonly EpochId[]
  /** To whom an epoch went, by all who say to have made it: a second rekey of an epoch cannot hide whom the first let in. */
  recipientsOf(id: EpochId): ReadonlySet<RecipientId>
  /** Whom an epoch's secret may have reached: those, and to whom any went that says it opens this one. */
  reachOf(id: EpochId): ReadonlySet<RecipientId>
  readonly rekeys: readonly PlacedRekey[]
}

export interface EpochsOptions {
  group: LogId
  /** Whose boxes this device opens. */
  own: readonly { id: RecipientId; kem: KemKeyPair }[]
  /** Secrets that came in a welcome, as they were then. */
  given: readonly Epoch[]
}

export const createEpochs = ({ group, own, given }: EpochsOptions): Epochs => {
  const givenIds = new Set(given.map(({ id }) => id))
  const secrets = new Map<EpochId, Bytes>(given.map(({ id, secret }) => [id, secret]))
  let rekeys: readonly PlacedRekey[] = []
  const byEpoch = new Map<EpochId, Rekey[]>()
  /** Which epochs say that they open one. */
  const linkers = new Map<EpochId, EpochId[]>()
  const recipients = new Map<EpochId, ReadonlySet<RecipientId>>()

  // Every box and every link is tried once, whatever a member's rekeys claim of each other: no chain is followed twice for
  // them, none can hide another, and none goes round in circles.
  const tried = new Set<Rekey>()
  /** Which epochs a rekey truly links, where this device has its secret. */
  const links = new Map<Rekey, readonly EpochId[]>()
  let isAllTried = false
  const turns = createSerial()

  const openBoxOf = async (rekey: Rekey): Promise<void> => {
    if (tried.has(rekey)) return
    tried.add(rekey)
    for (const recipient of own) {
      const epoch = await openRekey(group, rekey, recipient)
      if (epoch) secrets.set(epoch.id, epoch.secret)
    }
  }

  /** Opens what a rekey links, what that links, and so on: a chain as long as the group is old, so without recursion. */
  const follow = async (first: Rekey): Promise<void> => {
    const waiting = [first]
    for (let rekey = waiting.pop(); rekey; rekey = waiting.pop()) {
      const secret = secrets.get(rekey.epoch)
      if (!secret || links.has(rekey)) continue
      const linked = await openLinked(group, rekey, secret)
      links.set(
        rekey,
        linked.map(({ id }) => id),
      )
      for (const epoch of linked) {
        if (secrets.has(epoch.id)) continue
        secrets.set(epoch.id, epoch.secret)
        for (const earlier of byEpoch.get(epoch.id) ?? []) waiting.push(earlier)
      }
    }
  }

  /** Newest first, since the newest epoch opens those before it at less cost than a box each. */
  const openUntil = (isEnough: () => boolean): Promise<void> =>
    turns.run(async () => {
      if (isAllTried || isEnough()) return
      isAllTried = true
      for (const { rekey } of [...rekeys].sort((left, right) => right.ms - left.ms)) {
        const isNew = !secrets.has(rekey.epoch)
        if (isNew) await openBoxOf(rekey)
        if (!secrets.has(rekey.epoch)) continue
        await follow(rekey)
        if (isNew) for (const other of byEpoch.get(rekey.epoch) ?? []) await follow(other)
        if (!isEnough()) continue
        isAllTried = false
        return
      }
    })

  const linksOf = (id: EpochId): EpochId[] =>
    (byEpoch.get(id) ?? []).flatMap((rekey) => [...(links.get(rekey) ?? [])])

  const recipientsOf = (id: EpochId): ReadonlySet<RecipientId> => {
    const known =
      recipients.get(id) ?? new Set((byEpoch.get(id) ?? []).flatMap(({ boxes }) => [...boxes.keys()]))
    recipients.set(id, known)
    return known
  }

  return {
    get rekeys() {
      return rekeys
    },
    learn(learned) {
      rekeys = learned
      isAllTried = false
      byEpoch.clear()
      linkers.clear()
      recipients.clear()
      for (const { rekey } of learned) {
        note(byEpoch, rekey.epoch, rekey)
        for (const id of rekey.linked) note(linkers, id, rekey.epoch)
      }
    },
    keep({ id, secret }) {
      secrets.set(id, secret)
      isAllTried = false
    },
    // What came in a welcome is known before the log that says so. An epoch whose maker was cut off (G6) is one still where
    // others wrote under it: who did so has linked it.
    has: (id) => byEpoch.has(id) || linkers.has(id) || givenIds.has(id),
    async secretOf(id) {
      await openUntil(() => secrets.has(id))
      return secrets.get(id)
    },
    async heads(mayUse) {
      await openUntil(() => false)
      const usable = new Set<EpochId>()
      for (const id of secrets.keys()) if (!mayUse || (await mayUse(id))) usable.add(id)
      const linksOfUsable = (id: EpochId) => linksOf(id).filter((linked) => usable.has(linked))
      // Sorted, so that of several that open each other every device takes the same.
      return findSources([...usable].sort(), linksOfUsable).flatMap((id) => {
        const secret = secrets.get(id)
        return secret ? [{ id, secret }] : []
      })
    },
    claimsOf: (id) => rekeys.filter(({ rekey }) => rekey.epoch === id),
    linkersOf: (id) => linkers.get(id) ?? [],
    recipientsOf,
    reachOf(id) {
      const reach = new Set<RecipientId>()
      const seen = new Set([id])
      // A set that grows while it is walked brings the new ones too.
      for (const epoch of seen) {
        for (const recipient of recipientsOf(epoch)) reach.add(recipient)
        for (const linker of linkers.get(epoch) ?? []) seen.add(linker)
      }
      return reach
    },
  }
}

const note = <Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void => {
  const known = map.get(key)
  if (known) known.push(item)
  else map.set(key, [item])
}

export const openGiven = (secrets: readonly Bytes[]): Promise<Epoch[]> => Promise.all(secrets.map(openEpoch))
