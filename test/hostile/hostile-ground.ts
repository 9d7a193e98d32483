import type { AccountId, DeviceId } from '../../shared/identifiers.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import type { RunningHearth } from '../../client/core/create-hearth.ts'
import type { Device } from '../../client/core/identity/device.ts'
import type { EntryKind } from '../../client/core/log/entry.ts'
import type { Clock, FeedHead, FeedId, LogId } from '../../client/core/ports.ts'
import type { SyncMessage } from '../../client/core/sync/messages.ts'
import type { Forged, Wish } from '../../client/core/testing/forge-entry.ts'
import type { RefusalReason } from '../../client/core/refusals.ts'

export interface At {
  log?: LogId
  page?: number
}

/** What the hostile member has in hand: real keys, an honest core beside her, and a Link on which she says what she likes. */
export interface HostileGround {
  readonly hearth: RunningHearth
  readonly device: Device
  readonly account: AccountId
  readonly clock: Clock
  readonly general: LogId
  /** Another open room, in which she says nothing honest. */
  readonly garden: LogId
  /** The founder, at whose device all is aimed. */
  readonly anna: { account: AccountId; device: DeviceId; feed: FeedId }
  /** Somebody's device that fell into her hands. */
  readonly stolen: () => Device
  /** As Anna, but for the signature. */
  readonly asAnna: Device
  /** The next entry of its author's feed as she has it, unless the wish says otherwise. */
  write(wish?: Wish): Promise<Forged>
  headOf(feed: FeedId, at?: At): Promise<FeedHead | undefined>
  /** A page as she has it, honestly come by. */
  pageOf(at?: At): Promise<Bytes>
  /** Of a feed in a page as she has it. */
  elementsOf(feed: FeedId, at?: At): Promise<Bytes[]>
  say(message: SyncMessage | Bytes): void
  sendEntries(update: Bytes, at?: At): void
  /** Sends it, and has it in her own page too. */
  publish(update: Bytes, at?: At): Promise<void>
  /** On the family channel, as it is. */
  sayFamily(message: Bytes): void
  /** An update of the family document. */
  sendDocument(update: Bytes): void
  /** Writes in her feed of the family document, and everybody gets it. */
  writeDocument(kind: EntryKind, plaintext: Bytes, ms?: number): Promise<void>
  /** Whether all that was said on the Link was looked at; false where it has closed. */
  settle(): Promise<boolean>
  /** A Link of its own to Anna’s device: whatever was refused before is forgotten. */
  meet(): Promise<void>
  /** On the bare data channel under the Link. */
  sendRaw(frame: Bytes): void
}

/**
 * What becomes of an attack: it is refused for a reason that people are told (`refused`: for whichever); or not taken, since it may be good for
 * something once more has come, and of no concern to anybody until then (`quiet`).
 */
export interface Attack {
  title: string
  why: RefusalReason | 'refused' | 'quiet'
  attack(ground: HostileGround): Promise<void> | void
}
