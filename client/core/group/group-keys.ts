import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { groupLimits, logLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { importSealingKey, type SealingKey } from '../crypto/aes-gcm.ts'
import { hkdfSha256 } from '../crypto/hkdf.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { nonceBytes } from '../log/entry.ts'
import { pad, unpad } from '../log/padding.ts'
import type { Clock, LogId, Random, StoreProblem } from '../ports.ts'
import { createEpochs, type Epochs, type PlacedRekey } from './epochs.ts'
import { createKnownDepartures } from './known-departures.ts'
import {
  bytesOfEpoch,
  hashDeparted,
  makeRekey,
  openEpoch,
  recipientIdOf,
  type Epoch,
  type EpochId,
  type Recipient,
  type RecipientId,
  type RekeyWish,
} from './rekey.ts'

/** A group's keys: which epoch to write under, and what every entry's body is sealed with (E3, G3–G5). */
export interface GroupKeys {
  /** What the group's log says now: who belongs to it, who has gone, by whatever names they have for all alike, and which epochs were made. */
  learn(now: {
    recipients: readonly Recipient[]
    departed?: readonly string[]
    rekeys: readonly PlacedRekey[]
  }): void
  /** How many epochs were made. */
  size(): number
  /** Whether somebody of the group made it. */
  has(epoch: Bytes): boolean
  canOpen(epoch: Bytes): Promise<boolean>
  /** Those of them that may open what was said first: newcomers cannot before somebody has seen to it. */
  openersAmong(devices: readonly DeviceId[]): DeviceId[]
  /** Whether a new epoch is due: there is none to write under, or the others lack one, or a link to one, that this device can give. */
  owesRekey(): Promise<boolean>
  /** The body of a rekey entry: a fresh epoch for who belongs to the group now. */
  makeRekey(): Promise<Bytes>
  /** Seals under the newest epoch that fits; `rekey` writes one into the group's log first where there is none. */
  bodies(rekey: () => Promise<Result<void, StoreProblem>>): BodyCipher
  /** Secrets that open everything so far, for a newcomer. */
  secrets(): Promise<Bytes[]>
}

export interface GroupKeysOptions {
  group: LogId
  own: Parameters<typeof createEpochs>[0]['own']
  given: readonly Epoch[]
  clock: Pick<Clock, 'now'>
  random: Random
  /** Whether who has an epoch can open those before it, which lets newcomers read what was said before. */
  linksHistory?: boolean
}

/** How often a rekey is thought over anew where more is learned meanwhile. */
const wishRounds = 8

export const createGroupKeys = (options: GroupKeysOptions): GroupKeys => {
  const { group, own, clock, random, linksHistory = true } = options
  const epochs: Epochs = createEpochs(options)
  const keys = createEntryKeys(epochs)
  let recipients: readonly Recipient[] = []
  let departed = hashDeparted([])
  const departures = createKnownDepartures()
  /** By this device's own clock, which may have been set right since. */
  let lastMade: (Epoch & { madeMs: number }) | undefined
  /** Epochs that leave this device out, in answer to which it has made one. */
  const answered = new Set<EpochId>()

  /** Wrapped to all who belong, and in nobody else's hands: who came later and has gone again had it by a link. */
  const isOfNow = (id: EpochId): boolean => {
    const went = epochs.recipientsOf(id)
    if (went.size !== recipients.length || !recipients.every((recipient) => went.has(recipient.id)))
      return false
    return epochs.reachOf(id).size === recipients.length
  }
  const isRecipient = (id: RecipientId): boolean => recipients.some((one) => one.id === id)

  const madeMsOf = ({ rekey, ms }: PlacedRekey): number =>
    rekey.epoch === lastMade?.id ? lastMade.madeMs : ms

  /**
   * G4, G5: those made for exactly who belongs to the group now by who knew of all that have gone, neither too old nor of a time to come,
   * newest first. Whoever is out may have made one ahead that leaves them out: it would fit, and they have its secret. So its maker must be
   * among those who belong.
   */
  const findFitting = (without: Awaited<typeof departed>, now: number): EpochId[] =>
    epochs.rekeys
      .filter((one) => {
        const age = now - madeMsOf(one)
        const isTimely = age < groupLimits.epochMs && age >= -logLimits.maxClockLeadMs
        const isByMember = one.by === undefined || isRecipient(one.by)
        return isTimely && isByMember && one.rekey.departed === without && isOfNow(one.rekey.epoch)
      })
      .sort(compareNewest)
      .map(({ rekey }) => rekey.epoch)

  /** What fitted last: by what was known then, and between which times of this device's clock. */
  let lastFit:
    | { departed: unknown; lastMade: unknown; ids: readonly EpochId[]; fromMs: number; untilMs: number }
    | undefined

  /** Looked for anew at every entry, it would cost more than to seal one. */
  const fitting = async (): Promise<readonly EpochId[]> => {
    const asked = departed
    const without = await asked
    const now = clock.now()
    const isKnown = lastFit?.departed === asked && lastFit.lastMade === lastMade
    if (lastFit && isKnown && now >= lastFit.fromMs && now < lastFit.untilMs) return lastFit.ids
    const ids = findFitting(without, now)
    let [fromMs, untilMs] = [-Infinity, Infinity]
    for (const madeMs of epochs.rekeys.map(madeMsOf))
      for (const turnMs of [madeMs - logLimits.maxClockLeadMs, madeMs + groupLimits.epochMs])
        if (turnMs <= now) fromMs = Math.max(fromMs, turnMs)
        else untilMs = Math.min(untilMs, turnMs)
    // What was learned while this waited belongs to another answer: `learn` always sets `departed` anew.
    if (departed === asked) lastFit = { departed, lastMade, ids, fromMs, untilMs }
    return ids
  }

  const current = async (): Promise<Epoch | undefined> => {
    for (const id of await fitting()) {
      const secret = await epochs.secretOf(id)
      if (secret) return { id, secret }
    }
    return undefined
  }

  /** Epochs that say they are wrapped to this device, and hold nothing for it: others may write under them. */
  const lies = async (): Promise<EpochId[]> => {
    const found: EpochId[] = []
    for (const id of await fitting()) {
      if (await epochs.secretOf(id)) break
      found.push(id)
    }
    return found
  }

  /**
   * G5: whether an epoch may be handed on by a link. To who had it anyway, always. Else only where whoever made it knew of no departure that is
   * unknown here: somebody who looks like a newcomer to it may be the very one it was made to leave out. Its maker hands it on then, or whoever
   * knows as much.
   */
  const mayHandOn = async (id: EpochId): Promise<boolean> => {
    const reach = epochs.reachOf(id)
    if (recipients.every((recipient) => reach.has(recipient.id))) return true
    const areAllKnown = async (claims: readonly PlacedRekey[]): Promise<boolean> => {
      for (const { by, rekey } of claims) {
        const isOwn = own.some((recipient) => recipient.id === by)
        if (!isOwn && !(await departures.isKnown(rekey.departed))) return false
      }
      return true
    }
    const claims = epochs.claimsOf(id)
    if (claims.length > 0) return areAllKnown(claims)
    // For whom it was made is still to come, or was cut with its maker. Whoever linked it knew of all that it left out.
    const linkers = epochs.linkersOf(id)
    if (linkers.length === 0) return true
    for (const linker of linkers) {
      const ofLinker = epochs.claimsOf(linker)
      if (ofLinker.length > 0 && (await areAllKnown(ofLinker))) return true
    }
    return false
  }
  /** Nearly always all heads may be: only else every epoch is looked at. */
  const linkable = async (): Promise<Epoch[]> => {
    const heads = await epochs.heads()
    const areFine = await Promise.all(heads.map(({ id }) => mayHandOn(id)))
    return areFine.every(Boolean) ? heads : epochs.heads(mayHandOn)
  }

  /**
   * What may be linked is looked for with whom the epoch is wrapped to in mind, and takes its time. Where more is learned meanwhile it is looked
   * for anew: or somebody who has just become known would be handed an epoch that was made to leave them out.
   */
  const wishForNow = async (): Promise<RekeyWish> => {
    for (let round = 0; round < wishRounds; round++) {
      const [asked, to] = [departed, recipients]
      const before = linksHistory ? (await linkable()).slice(0, groupLimits.maxLinkedEpochs) : []
      for (const id of await lies()) answered.add(id)
      const without = await asked
      // `learn` always sets it anew.
      if (departed === asked) return { recipients: to, departed: without, before }
    }
    // Something new at every look: this one opens nothing that was before, and whoever owes the rest makes it later.
    const [asked, to] = [departed, recipients]
    return { recipients: to, departed: await asked, before: [] }
  }

  const open: BodyCipher['open'] = async ({ epoch, nonce, body }, { author, associate }) => {
    const key = await keys.byId(toBase64Url(epoch) as EpochId, author)
    const padded = await key?.open(body, { nonce, additionalData: associate({ epoch, nonce }) })
    return padded && unpad(padded)
  }

  return {
    learn(now) {
      recipients = now.recipients
      departed = hashDeparted(now.departed ?? [])
      departures.learn(now.departed ?? [])
      epochs.learn(now.rekeys)
    },
    size: () => epochs.rekeys.length,
    has: (epoch) => epochs.has(toBase64Url(epoch) as EpochId),
    canOpen: async (epoch) => (await epochs.secretOf(toBase64Url(epoch) as EpochId)) !== undefined,

    openersAmong(devices) {
      const [first] = epochs.rekeys.toSorted((one, other) => one.ms - other.ms)
      const reach = first && epochs.reachOf(first.rekey.epoch)
      return devices.filter((device) => reach?.has(recipientIdOf(device)))
    },

    async owesRekey() {
      // Whoever is no recipient writes for nobody, and needs no more than one epoch to do so.
      if (recipients.length > 0 && !own.some(({ id }) => isRecipient(id))) return lastMade === undefined
      if (!(await current())) return true
      // A newer one is what the others go over to.
      if ((await lies()).some((id) => !answered.has(id))) return true
      if (!linksHistory) return false
      const heads = await linkable()
      return heads.some(({ id }) => {
        const went = epochs.recipientsOf(id)
        return recipients.some((one) => !went.has(one.id))
      })
    },

    async makeRekey() {
      const made = await openEpoch(random.bytes(32))
      const wish = await wishForNow()
      lastMade = { ...made, madeMs: clock.now() }
      epochs.keep(made)
      return makeRekey(group, made, wish, random)
    },

    bodies: (rekey) => ({
      open,
      async seal(plaintext, { author, associate }) {
        let epoch = await current()
        if (!epoch) {
          const written = await rekey()
          if (!written.ok) return written
          // Who has been removed meanwhile finds no epoch of theirs that counts, and writes for nobody.
          epoch = (await current()) ?? lastMade
        }
        if (!epoch) return fail({ type: 'storeFailed', detail: 'no epoch to write under' })
        const marks = { epoch: bytesOfEpoch(epoch.id), nonce: random.bytes(nonceBytes) }
        const key = await keys.of(epoch, author)
        const context = { nonce: marks.nonce, additionalData: associate(marks) }
        return ok({ ...marks, body: await key.seal(pad(plaintext), context) })
      },
    }),

    async secrets() {
      return (await epochs.heads()).slice(0, groupLimits.maxGivenEpochs).map(({ secret }) => secret)
    },
  }
}

const compareNewest = (left: PlacedRekey, right: PlacedRekey): number =>
  right.ms - left.ms ||
  (right.counter ?? 0) - (left.counter ?? 0) ||
  (left.rekey.epoch < right.rekey.epoch ? -1 : 1)

/** How many keys of (epoch, device) stay imported. */
const maxEntryKeys = 1_024

/** E3: a key for each epoch and device, so that two devices never meet in a nonce. */
const createEntryKeys = (epochs: Epochs) => {
  const imported = new Map<string, Promise<SealingKey>>()
  const of = ({ id, secret }: Epoch, author: DeviceId): Promise<SealingKey> => {
    const name = `${id} ${author}`
    const known = imported.get(name)
    if (known) return known
    const key = deriveEntryKey(secret, author).then(importSealingKey)
    imported.set(name, key)
    for (const oldest of imported.keys()) {
      if (imported.size <= maxEntryKeys) break
      imported.delete(oldest)
    }
    return key
  }
  return {
    of,
    async byId(id: EpochId, author: DeviceId) {
      const secret = await epochs.secretOf(id)
      return secret && of({ id, secret }, author)
    },
  }
}

export const deriveEntryKey = (secret: Bytes, author: DeviceId): Promise<Bytes> =>
  hkdfSha256(
    secret,
    { salt: fromBase64Url(author) ?? encodeUtf8(author), info: encodeUtf8('hearth/v1/entry-key') },
    32,
  )
