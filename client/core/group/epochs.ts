import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { KemKeyPair } from '../crypto/x25519.ts'
import type { LogId } from '../ports.ts'
import {
  openEpoch,
  openLinked,
  openRekey,
  type Epoch,
  type EpochId,
  type RecipientId,
  type Rekey,
} from './rekey.ts'

/** A rekey that somebody who belonged to the group wrote, and when. */
export interface PlacedRekey {
  rekey: Rekey
  ms: number
}

/** A group's epochs, as far as this device knows and can open them (G3). */
export interface Epochs {
  /** What the group's log says now; in any order. */
  learn(rekeys: readonly PlacedRekey[]): void
  /** One that this device makes. */
  keep(epoch: Epoch): void
  /** Whether somebody of the group made it: an entry under any other is not taken. */
  has(id: EpochId): boolean
  /** By a box for this device, or by a later epoch that links back. Undefined where neither opens. */
  secretOf(id: EpochId): Promise<Bytes | undefined>
  /** Epochs that this device can open and no other links to: together they open everything. */
  heads(): Promise<Epoch[]>
  /** To whom an epoch went, by all who say to have made it: a second rekey of an epoch cannot hide whom the first let in. */
  recipientsOf(id: EpochId): ReadonlySet<RecipientId>
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
  /** Rekeys whose boxes or links were opened, so that none is tried twice. */
  const opened = new Set<Rekey>()
  let rekeys: readonly PlacedRekey[] = []
  const byEpoch = new Map<EpochId, Rekey[]>()
  const byLinked = new Map<EpochId, Rekey[]>()

  const note = (map: Map<EpochId, Rekey[]>, id: EpochId, rekey: Rekey) => {
    const known = map.get(id)
    if (known) known.push(rekey)
    else map.set(id, [rekey])
  }

  const openBoxes = async (id: EpochId): Promise<void> => {
    for (const rekey of byEpoch.get(id) ?? []) {
      if (secrets.has(id)) return
      if (opened.has(rekey)) continue
      opened.add(rekey)
      for (const recipient of own) {
        const epoch = await openRekey(group, rekey, recipient)
        if (epoch) secrets.set(id, epoch.secret)
      }
    }
  }

  /** From the epochs that link to it, theirs first: a chain as long as the group is old, so without recursion. */
  const openByLinks = async (id: EpochId): Promise<void> => {
    const path: Rekey[] = []
    const seen = new Set<EpochId>([id])
    const waiting: { epoch: EpochId; path: readonly Rekey[] }[] = [{ epoch: id, path: [] }]
    for (let next = waiting.shift(); next && path.length === 0; next = waiting.shift()) {
      for (const rekey of byLinked.get(next.epoch) ?? []) {
        if (seen.has(rekey.epoch)) continue
        seen.add(rekey.epoch)
        await openBoxes(rekey.epoch)
        const there = [rekey, ...next.path]
        if (secrets.has(rekey.epoch)) {
          path.push(...there)
          break
        }
        waiting.push({ epoch: rekey.epoch, path: there })
      }
    }
    for (const rekey of path) {
      const secret = secrets.get(rekey.epoch)
      if (!secret) return // one on the way lied about the next
      for (const epoch of await openLinked(group, rekey, secret)) secrets.set(epoch.id, epoch.secret)
    }
  }

  /** Which epochs a rekey truly links, where this device can tell. */
  const links = new Map<Rekey, ReadonlySet<EpochId>>()
  const linkedBy = async (rekey: Rekey): Promise<ReadonlySet<EpochId>> => {
    const known = links.get(rekey)
    if (known) return known
    const secret = await secretOf(rekey.epoch)
    if (!secret) return new Set()
    const linked = new Set((await openLinked(group, rekey, secret)).map(({ id }) => id))
    links.set(rekey, linked)
    return linked
  }
  const isLinked = async (id: EpochId): Promise<boolean> => {
    for (const rekey of byLinked.get(id) ?? []) if ((await linkedBy(rekey)).has(id)) return true
    return false
  }

  const secretOf = async (id: EpochId): Promise<Bytes | undefined> => {
    if (!secrets.has(id)) await openBoxes(id)
    if (!secrets.has(id)) await openByLinks(id)
    return secrets.get(id)
  }

  return {
    get rekeys() {
      return rekeys
    },
    learn(learned) {
      rekeys = learned
      byEpoch.clear()
      byLinked.clear()
      for (const { rekey } of learned) {
        note(byEpoch, rekey.epoch, rekey)
        for (const id of rekey.linked) note(byLinked, id, rekey)
      }
    },
    keep: ({ id, secret }) => void secrets.set(id, secret),
    // What came in a welcome is known before the log that says so.
    has: (id) => byEpoch.has(id) || givenIds.has(id),
    secretOf,
    async heads() {
      const candidates = new Set([...byEpoch.keys(), ...secrets.keys()])
      const heads: Epoch[] = []
      for (const id of candidates) {
        const secret = await secretOf(id)
        if (secret && !(await isLinked(id))) heads.push({ id, secret })
      }
      return heads
    },
    recipientsOf: (id) => new Set((byEpoch.get(id) ?? []).flatMap(({ boxes }) => [...boxes.keys()])),
  }
}

export const openGiven = (secrets: readonly Bytes[]): Promise<Epoch[]> => Promise.all(secrets.map(openEpoch))
