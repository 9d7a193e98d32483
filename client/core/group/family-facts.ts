import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { entryKinds } from '../log/entry.ts'
import { openBody, type PagePlace, type SignedEntry } from '../log/feed.ts'
import type { LogId } from '../ports.ts'
import { parseControlBody } from './control-bodies.ts'
import { placeRekey } from './epochs.ts'
import { foldFamily, type ControlEntry, type FamilyState } from './family-state.ts'
import type { Genesis } from './genesis.ts'
import type { GroupKeys } from './group-keys.ts'
import { foldMembership } from './membership.ts'
import { departedOf, recipientsOf } from './recipients.ts'
import { parseRekey, type Rekey } from './rekey.ts'
import type { PlacedStatement } from './said.ts'
import { readStatement } from './statements.ts'

/** All that the family document says, as far as this device can read it by now. */
export interface FamilyFacts {
  readonly statements: readonly PlacedStatement[]
  /** Takes in what stands nowhere yet: from a welcome, a keyring, or this device's own certificate. */
  addUnplaced(statements: readonly Bytes[]): Promise<void>
  add(entries: readonly SignedEntry[]): Promise<void>
  /** Members first, then the keys they made, then what these open: the same for every order of arrival (G7). */
  fold(): Promise<FamilyState>
}

export interface FamilyFactsOptions {
  genesis: Genesis
  general: LogId
  place: PagePlace
  keys: GroupKeys
  bodies: Pick<BodyCipher, 'open'>
}

export const createFamilyFacts = (options: FamilyFactsOptions): FamilyFacts => {
  const { genesis, general, place, keys } = options
  const { group } = genesis
  const statements: PlacedStatement[] = []
  const rekeys: { rekey: Rekey; entry: SignedEntry }[] = []
  const readable: ControlEntry[] = []
  /** By epoch: entries whose key has not come yet. */
  const unread = new Map<string, SignedEntry[]>()

  const read = async (entry: SignedEntry): Promise<void> => {
    const plaintext = await openBody(options.bodies as BodyCipher, place, entry)
    const body = plaintext && parseControlBody(entry.kind, plaintext)
    if (body && body.kind !== entryKinds.statement && body.kind !== entryKinds.rekey)
      readable.push({ ...entry, body })
  }

  /** A key may open entries that came before it. What it does not open was never whole. */
  const readWhatOpens = async (): Promise<void> => {
    for (const [epoch, entries] of unread) {
      const [first] = entries
      if (!first || !(await keys.canOpen(first.epoch))) continue
      unread.delete(epoch)
      for (const entry of entries) await read(entry)
    }
  }

  return {
    statements,

    async addUnplaced(unplaced) {
      for (const bytes of unplaced) {
        const statement = await readStatement(group, bytes)
        if (statement) statements.push({ statement })
      }
    },

    async add(entries) {
      for (const entry of entries) {
        if (entry.kind === entryKinds.statement) {
          const statement = await readStatement(group, entry.body)
          const { feed, device, seq } = entry
          if (statement) statements.push({ statement, place: { feed, device, seq } })
        } else if (entry.kind === entryKinds.rekey) {
          const rekey = parseRekey(entry.body)
          if (rekey) rekeys.push({ rekey, entry })
        } else {
          const epoch = toBase64Url(entry.epoch)
          unread.set(epoch, [...(unread.get(epoch) ?? []), entry])
        }
      }
    },

    async fold() {
      const membership = foldMembership(genesis, statements)
      const made = rekeys.filter(({ entry }) => membership.counts(entry.device, entry.seq))
      keys.learn({
        recipients: recipientsOf(membership),
        departed: departedOf(membership),
        rekeys: made.map(({ rekey, entry }) => placeRekey(rekey, entry)),
      })
      await readWhatOpens()
      return foldFamily({ membership, entries: readable }, general)
    },
  }
}
