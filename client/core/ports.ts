import type { AccountId, DeviceId } from '../../shared/identifiers.ts'
import type { Result } from '../../shared/result.ts'
import type { StoreSpace } from './device-storage.ts'
import type { LinkWay } from './doctor.ts'
import type { Value } from './value.ts'

/** What the core needs of the outside. Adapters in `net/` and `store/` give it; tests turn it by hand. */

export type Timer = object | number

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  setTimer(run: () => void, afterMs: number): Timer
  clearTimer(timer: Timer): void
}

export interface Random {
  bytes(count: number): Uint8Array<ArrayBuffer>
}

/** A log's id: 16 bytes as 22 base64url characters. A room's id is its log's. */
export type LogId = string & { readonly __brand: 'LogId' }

/** A Yjs client id: 52 bits of the hash of a device's key (P2). */
export type FeedId = number

// ---- store -------------------------------------------------------------------------------------------------------

/** The end of one device's feed within one page: what the next entry must follow (E2). */
export interface FeedHead {
  feed: FeedId
  device: DeviceId
  /** How many entries the feed has: the seq of the next one, and Yjs' clock. */
  length: number
  /** Hash of the newest entry's header and signature, 32 bytes. */
  hash: Uint8Array<ArrayBuffer>
}

/** Where an entry is in what the screen shows: ordered by time, then device, page and seq, so that all sort alike. */
export interface TimelineKey {
  /** Hybrid logical clock: milliseconds, then a counter within the millisecond (E4). */
  ms: number
  counter: number
  feed: FeedId
  page: number
  seq: number
}

/** Where an entry stands in its page. */
export interface PagePosition {
  feed: FeedId
  seq: number
}

/**
 * A feed of a page in which its device wrote two entries for one place (P6): nothing of it is taken beyond the one that stays there, on no
 * device that knows.
 */
export interface FrozenFeed {
  feed: FeedId
  device: DeviceId
  /** The place: the feed has `seq + 1` entries, and no more. */
  seq: number
  /** Of the entry that stays there. */
  hash: Uint8Array<ArrayBuffer>
  /** Its time, by its author's clock. */
  ms: number
  /** For others, who need nothing else to believe it: see `log/forks.ts`. */
  proof: Uint8Array<ArrayBuffer>
}

/** One durable step of one page. */
export interface PageWrite {
  log: LogId
  page: number
  /** A Yjs update (v1) holding just what is new; or, where `isWhole`, all that the page holds. */
  update: Uint8Array<ArrayBuffer>
  /**
   * What the disk had of this page goes with this write, for good: nothing that is left in the browser's files may give it back (P4).
   */
  isWhole?: boolean
  /** The page had lost a part before, and is to be known as damaged still. A whole write without it ends that. */
  isDamaged?: boolean
  /** The heads of the feeds the update extends, as they are after it. */
  heads: FeedHead[]
  /** How many messages the whole page holds after it (P1). */
  messageCount: number
  /** Index rows of the entries that show on a timeline. */
  timeline: TimelineKey[]
  /** Index rows that go. */
  gone?: readonly TimelineKey[]
  /** The husks in it whose bodies are wanted back, all of them (P4). */
  missed?: readonly PagePosition[]
  /** Something in it is pinned, or was: whoever looks for what is pinned looks here. */
  hasPins?: boolean
  /** Its frozen feeds, all of them (P6). The heads of a feed that freezes may be shorter than before. */
  frozen?: readonly FrozenFeed[]
  /** What was known of who holds how much of my feed here is void: some of that may be another branch (P6). */
  forgetsHolders?: boolean
  /** `strict` waits for the disk: one's own entries (P5). */
  durability: 'strict' | 'relaxed'
}

export interface StoredPage {
  /** Yjs updates which, applied in order to an empty document, give the page. */
  updates: Uint8Array<ArrayBuffer>[]
  heads: FeedHead[]
  messageCount: number
  missed: readonly PagePosition[]
  frozen: readonly FrozenFeed[]
  /** Rows the disk could not give back whole: `heads` may then promise more than `updates` hold. */
  damagedRows: number
  /** One of them is no row but what a write before has noted. */
  isNotedDamaged?: boolean
}

export interface PageSummary {
  page: number
  messageCount: number
  /** Every feed's length, which is the page's state vector. */
  lengths: ReadonlyMap<FeedId, number>
  /** The hash of every feed's newest entry. */
  hashes: ReadonlyMap<FeedId, Uint8Array<ArrayBuffer>>
  frozen: readonly FrozenFeed[]
  /** How many bodies are wanted back. */
  missed: number
  hasPins: boolean
  /** Digests of states in which it was dropped, the newest first (P8). Without feeds it is dropped now. */
  dropped: readonly Uint8Array<ArrayBuffer>[]
}

/** Why something is not kept. `ownFeedForked`: this device's feed there is frozen, so nobody would take it (P6). */
export type StoreProblem =
  | { type: 'quotaExceeded' }
  | { type: 'storeClosed' }
  | { type: 'storeFailed'; detail: string }
  | { type: 'ownFeedForked' }

/**
 * Sealed-or-clear pages of logs, and the index of what shows. Everything is one device's own. A write begun while an
 * earlier one was failing fails with it, so none is on disk ahead of what it builds on. Reads see every write that has
 * resolved; they reject only when the store is closed or the disk cannot be read at all.
 */
export interface LogStore {
  /** Resolves when the write is on disk as `durability` asks; one transaction, all or nothing. */
  write(write: PageWrite): Promise<Result<void, StoreProblem>>
  loadPage(log: LogId, page: number): Promise<StoredPage | undefined>
  /** Takes a page off the disk as a whole write does, and who holds it; its summary stays, with these digests (P8). */
  dropPage(
    log: LogId,
    page: number,
    digests: readonly Uint8Array<ArrayBuffer>[],
  ): Promise<Result<void, StoreProblem>>
  /** Every page of every log, without their contents: what sync digests are made of. */
  summaries(): Promise<ReadonlyMap<LogId, PageSummary[]>>
  /** The newest `limit` rows before `before` (or of all), newest first. */
  readTimeline(log: LogId, options: { before?: TimelineKey; limit: number }): Promise<TimelineKey[]>
  /** Notes that `holder` has my feed of this page on its disk up to `length` entries (Y4); never goes down. */
  saveHolder(holding: Holding): Promise<Result<void, StoreProblem>>
  readHolders(log: LogId): Promise<Holding[]>
  /** Of a store on a disk. */
  readonly space?: StoreSpace
  close(): Promise<void>
}

export interface Holding {
  log: LogId
  page: number
  holder: DeviceId
  length: number
}

/** A place in a page from which on its feed was not read, although the mark lies behind: it came later than the mark was set. */
export type LatePlace = PagePosition & { page: number }

/** What is kept of what was read and who was here: one row of each kind for what it names, the newest word of it. */
export type ReadingRow =
  | {
      type: 'mark'
      log: LogId
      account: AccountId
      ms: number
      counter: number
      atMs: number
      late: readonly LatePlace[]
      /** Of one's own: set on this device, and not taken over from another. */
      isMadeHere: boolean
    }
  /** `ms` undefined: would rather not have it told. */
  | { type: 'seen'; account: AccountId; ms: number | undefined }
  /** When this device began to keep marks. */
  | { type: 'since'; ms: number }
  /** What this device's person lets others know, and when they last decided. */
  | { type: 'privacy'; receipts: boolean; typing: boolean; lastSeen: boolean; decidedMs: number }

export interface ReadingStore {
  load(): Promise<readonly ReadingRow[]>
  save(rows: readonly ReadingRow[]): Promise<Result<void, StoreProblem>>
}

/** What the screen showed last, by name: the home screen and rooms (screen/kept-screen.ts). None of it is anybody's only copy. */
export interface ScreenStore {
  /** Those that can still be read. */
  load(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>
  /** @param encode is called when nothing that is erased before can be in what is kept. */
  save(name: string, encode: () => Uint8Array<ArrayBuffer>): Promise<void>
}

/** Why a vault that is not empty cannot be read: never a reason to make a new identity unasked. */
export type VaultProblem =
  | StoreProblem
  | { type: 'keyMissing' }
  | { type: 'sealBroken'; field: keyof VaultContents | 'lock' }
  /** I5: a lock is on, and has not been opened since the page was. */
  | { type: 'locked'; ways: LockWays }
  /** More than `storeLimits.maxVaultFieldBytes`. */
  | { type: 'tooLarge' }

/** How the app lock can be opened (I5); without any there is none. */
export interface LockWays {
  hasPassphrase: boolean
  hasPasskey: boolean
}

/** What this browser is: kept wrapped by a key that cannot leave it, and by the app lock where there is one (I5). */
export interface Vault {
  /** Undefined in a browser that is new here. */
  read(): Promise<Result<VaultContents | undefined, VaultProblem>>
  /** Puts `fresh` into an empty vault; gives what is in it then, so that two tabs opened at once are one device. */
  readOrCreate(fresh: VaultContents): Promise<Result<VaultContents, VaultProblem>>
  /** All of it: what is not given is not kept. */
  write(contents: VaultContents): Promise<Result<void, VaultProblem>>
}

export interface VaultContents {
  /** 32 bytes from which the device's keys are made (I3). */
  deviceSeed: Uint8Array<ArrayBuffer>
  /** Certificate, keys and family, as the core encodes them; absent until this device is of an account. */
  membership?: Uint8Array<ArrayBuffer>
  /** Small private notes, such as whom its person has made sure of. */
  notes?: Uint8Array<ArrayBuffer>
}

// ---- network -----------------------------------------------------------------------------------------------------

/** Channels of a Link, in the order in which waiting messages are sent (L4). */
export const linkChannels = { control: 0, family: 1, pages: 2, files: 3 } as const
export type LinkChannel = (typeof linkChannels)[keyof typeof linkChannels]

export type LinkCloseReason =
  | { type: 'closedHere'; why: string }
  | { type: 'closedThere' }
  | { type: 'replaced' }
  | { type: 'dead' }
  | { type: 'handshakeFailed'; why: string }
  | { type: 'badFrame'; why: string }
  | { type: 'refused'; why: string }

/** The authenticated connection to one device. Messages arrive whole, in order, once. */
export interface Link {
  readonly device: DeviceId
  readonly isOpen: boolean
  send(channel: LinkChannel, message: Uint8Array<ArrayBuffer>): void
  /** One listener a channel; messages that came before it are kept for it. */
  listen(channel: LinkChannel, listener: (message: Uint8Array<ArrayBuffer>) => void): void
  onClose(listener: (reason: LinkCloseReason) => void): void
  close(reason: LinkCloseReason): void
}

/** What a device tells the others about this moment; gone with the Link. */
export interface Presence {
  /** The room in which somebody is writing. */
  typingIn?: LogId | undefined
}

/** A device that was not let in, or something it said over a Link that the network did not take (L2, L3, L7). */
export interface LinkRefusal {
  device: DeviceId
  /** `door`: it has not proved that it is this device, or of the family. */
  about: { type: 'door' | 'link' | 'family' }
  why: HandshakeRefusal | 'badFrame' | 'notAFamilyMessage' | 'gapRemains' | 'tooFast' | 'shownOut'
}

/** Why a device was not let in. */
export type HandshakeRefusal =
  'notItself' | 'otherVersion' | 'brokenHandshake' | 'notOfThisFamily' | 'revoked'

/** How the server is doing, for people's words (ux 41). */
export type ServerStatus = 'connecting' | 'connected' | 'unreachable' | 'refused'

export interface Network {
  readonly server: Value<ServerStatus>
  readonly links: Value<readonly Link[]>
  readonly presence: Value<ReadonlyMap<DeviceId, Presence>>
  /** By which way each Link goes, as far as the browser tells; absent where there are no ways to tell apart. */
  readonly ways?: Value<ReadonlyMap<DeviceId, LinkWay>>
  setPresence(presence: Presence): void
  /** Whether `device` has said that it is linked to `other`: then nobody need carry between them (Y3). */
  areLinked(device: DeviceId, other: DeviceId): boolean
  /** Asks `device` for what we lack of the family document. */
  askFamily(device: DeviceId): void
  /** Calls for each refusal from now on. Returns the way out. */
  onRefusal(listener: (refusal: LinkRefusal) => void): () => void
  close(): void
}
