import type { AccountId } from '../../../shared/identifiers.ts'
import { parseRoomName, parseTopic } from '../../../shared/names.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { entryKinds } from '../log/entry.ts'
import { openBody, type SignedEntry } from '../log/feed.ts'
import type { Retention } from '../room/retention.ts'
import { parseControlBody } from './control-bodies.ts'
import { placeRekey } from './epochs.ts'
import { parseGroupChange } from './group-changes.ts'
import { foldGroup, type GroupMembership, type PlacedChange } from './group-fold.ts'
import type { GroupGenesis } from './group-genesis.ts'
import type { GroupKeys } from './group-keys.ts'
import type { Membership } from './membership.ts'
import { departedOfGroup, recipientsOf } from './recipients.ts'
import { parseRekey, type Rekey } from './rekey.ts'

/** What somebody who belonged to the group did, where it stands in its log. */
interface Deed {
  by: AccountId
  ms: number
  key: string
}

/** What a private room or a direct conversation is now. */
export interface GroupState {
  membership: GroupMembership
  /** The room's names, oldest first; none while this device cannot read one. */
  names: readonly (Deed & { name: string })[]
  /** What it was about, oldest first; an empty one where it was about nothing any more. */
  topics: readonly (Deed & { topic: string })[]
  /** For how long it was to be kept, oldest first (P8). */
  keeps: readonly (Deed & { keep: Retention })[]
  rekeys: readonly Deed[]
}

/** All that a private group's log says, as far as this device can read it by now. */
export interface GroupFacts {
  add(entries: readonly SignedEntry[]): void
  /** Forgets all that it has heard. */
  clear(): void
  /** Members first, then the keys they made, then what these open: the same for every order of arrival (G7). */
  fold(): Promise<GroupState>
}

export interface GroupFactsOptions {
  genesis: GroupGenesis
  family(): Membership
  keys: GroupKeys
  bodies: BodyCipher
}

const keyOf = ({ feed, seq }: SignedEntry) => `${feed}-${seq}`

export const createGroupFacts = ({ genesis, family, keys, bodies }: GroupFactsOptions): GroupFacts => {
  const place = { group: genesis.group, log: genesis.group, page: 0 }
  const changes: PlacedChange[] = []
  const rekeys: { rekey: Rekey; entry: SignedEntry }[] = []
  const names: { name: string; entry: SignedEntry }[] = []
  const topics: { topic: string; entry: SignedEntry }[] = []
  const keeps: { keep: Retention; entry: SignedEntry }[] = []
  /** Names, topics and keepings whose key has not come yet. */
  let unread: SignedEntry[] = []

  const readSealed = async (entry: SignedEntry): Promise<void> => {
    const plaintext = await openBody(bodies, place, entry)
    const body = plaintext && parseControlBody(entry.kind, plaintext)
    if (body?.kind === entryKinds.retention) keeps.push({ keep: body.keep, entry })
    if (body?.kind !== entryKinds.room) return
    if ('topic' in body) {
      const topic = parseTopic(body.topic)
      if (topic.ok) topics.push({ topic: topic.value, entry })
      return
    }
    const name = parseRoomName(body.name)
    if (name.ok) names.push({ name: name.value, entry })
  }
  const readWhatOpens = async (): Promise<void> => {
    const waiting = unread
    unread = []
    for (const entry of waiting)
      if (await keys.canOpen(entry.epoch)) await readSealed(entry)
      else unread.push(entry)
  }

  return {
    add(entries) {
      for (const entry of entries) {
        const { feed, device, seq, time } = entry
        if (entry.kind === entryKinds.change) {
          const change = parseGroupChange(entry.body)
          if (change) changes.push({ feed, device, seq, time, change })
        } else if (entry.kind === entryKinds.rekey) {
          const rekey = parseRekey(entry.body)
          if (rekey) rekeys.push({ rekey, entry })
        } else if (entry.kind === entryKinds.room || entry.kind === entryKinds.retention) {
          unread.push(entry)
        }
      }
    },

    clear() {
      for (const list of [changes, rekeys, names, topics, keeps, unread]) list.length = 0
    },

    async fold() {
      const members = family()
      const membership = foldGroup(genesis, members, changes)
      const deedOf = (entry: SignedEntry): Deed[] => {
        const by = members.accountOf(entry.device)
        const counts =
          by !== undefined &&
          membership.everMembers.has(by) &&
          entry.seq < membership.controlCountOf(entry.device)
        return counts ? [{ by, ms: entry.time.ms, key: keyOf(entry) }] : []
      }
      const made = rekeys.filter(({ entry }) => deedOf(entry).length > 0)
      keys.learn({
        recipients: recipientsOf(members, (account) => membership.roles.has(account)),
        departed: departedOfGroup(
          members,
          (account) => membership.roles.has(account),
          (account) => membership.everMembers.has(account),
        ),
        rekeys: made.map(({ rekey, entry }) => placeRekey(rekey, entry)),
      })
      await readWhatOpens()
      /** By whoever had a say when they said it, not by who has one now. */
      const fromRuler = ({ entry }: { entry: SignedEntry }) => membership.ruledAt(entry.device, entry.seq)
      const byTime = (left: Deed, right: Deed) => left.ms - right.ms || (left.key < right.key ? -1 : 1)
      return {
        membership,
        names: names
          .filter(fromRuler)
          .flatMap(({ name, entry }) => deedOf(entry).map((deed) => ({ ...deed, name })))
          .sort(byTime),
        topics: topics
          .filter((one) => genesis.type === 'room' && fromRuler(one))
          .flatMap(({ topic, entry }) => deedOf(entry).map((deed) => ({ ...deed, topic })))
          .sort(byTime),
        keeps: keeps
          .filter((one) => genesis.type === 'direct' || fromRuler(one))
          .flatMap(({ keep, entry }) => deedOf(entry).map((deed) => ({ ...deed, keep })))
          .sort(byTime),
        rekeys: made.flatMap(({ entry }) => deedOf(entry)),
      }
    },
  }
}
