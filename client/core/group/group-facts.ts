import type { AccountId } from '../../../shared/identifiers.ts'
import { parseRoomName } from '../../../shared/names.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { entryKinds } from '../log/entry.ts'
import { openBody, type SignedEntry } from '../log/feed.ts'
import { parseControlBody } from './control-bodies.ts'
import { parseGroupChange } from './group-changes.ts'
import { foldGroup, type GroupMembership, type PlacedChange } from './group-fold.ts'
import type { GroupGenesis } from './group-genesis.ts'
import type { GroupKeys } from './group-keys.ts'
import type { Membership } from './membership.ts'
import { recipientsOf } from './recipients.ts'
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
  rekeys: readonly Deed[]
}

/** All that a private group's log says, as far as this device can read it by now. */
export interface GroupFacts {
  add(entries: readonly SignedEntry[]): void
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
  /** Names whose key has not come yet. */
  let unread: SignedEntry[] = []

  const readName = async (entry: SignedEntry): Promise<void> => {
    const plaintext = await openBody(bodies, place, entry)
    const body = plaintext && parseControlBody(entry.kind, plaintext)
    const name = body?.kind === entryKinds.room ? parseRoomName(body.name) : undefined
    if (name?.ok) names.push({ name: name.value, entry })
  }
  const readWhatOpens = async (): Promise<void> => {
    const waiting = unread
    unread = []
    for (const entry of waiting)
      if (await keys.canOpen(entry.epoch)) await readName(entry)
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
        } else if (entry.kind === entryKinds.room) {
          unread.push(entry)
        }
      }
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
        rekeys: made.map(({ rekey, entry }) => ({ rekey, ms: entry.time.ms })),
      })
      await readWhatOpens()
      const mayName = ({ by }: Deed) => (membership.roles.get(by) ?? 'member') !== 'member'
      return {
        membership,
        names: names
          .flatMap(({ name, entry }) => deedOf(entry).map((deed) => ({ ...deed, name })))
          .filter(mayName)
          .sort((left, right) => left.ms - right.ms || (left.key < right.key ? -1 : 1)),
        rekeys: made.flatMap(({ entry }) => deedOf(entry)),
      }
    },
  }
}
