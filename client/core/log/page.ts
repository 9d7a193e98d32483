import * as Y from 'yjs'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { FeedHead, FeedId, FrozenFeed, PagePosition, StoredPage } from '../ports.ts'
import { encodeAppend, encodeRuns } from './append-update.ts'
import {
  encodeElement,
  entryKinds,
  isAboutAnother,
  parseElement,
  peekElement,
  peekSignature,
} from './entry.ts'
import { createErasures, type Erasures } from './erasures.ts'
import type { SignedEntry } from './feed.ts'
import type { Feeds } from './gate.ts'

/** A step of a page that may go to the disk, and then into it. */
export interface PageChange {
  /** What is new; or, where `isWhole`, all of the page as it is afterwards. */
  update: Bytes
  isWhole?: boolean
  entries: readonly SignedEntry[]
  /** Of the feeds that are longer than before. */
  heads: readonly FeedHead[]
  /** The husks whose bodies are wanted back, all of them (P4); absent where that has not changed. */
  missed?: readonly PagePosition[]
  /** A feed is cut and takes nothing more (P6): all that are frozen then. The change is whole. */
  frozen?: readonly FrozenFeed[]
  /** How many messages there are afterwards; absent where they are just more by what is new. */
  messageCount?: number
}

/** A slice of a room's log in memory: one Yjs document of signed feeds (P2). It never holds what is not on the disk. */
export interface Page extends Feeds {
  readonly messageCount: number
  /** The disk lost a part of it, and not all of that has come back: no message is written here (P6). */
  readonly isDamaged: boolean
  readonly damage: PageDamage | undefined
  readonly erasures: Erasures
  readonly missed: readonly PagePosition[]
  /** Where entries stand that are about others (P1), husks among them. */
  readonly about: readonly PagePosition[]
  readonly hasPins: boolean
  missedAt(feed: FeedId, seq: number): Uint8Array | undefined
  readonly frozen: readonly FrozenFeed[]
  isFrozen(feed: FeedId): boolean
  heads(): Iterable<FeedHead>
  /** The entry at `seq` of `feed`, if it is here. */
  read(feed: FeedId, seq: number): SignedEntry | undefined
  /** All entries, feed by feed, each feed's newest first. */
  entries(): Iterable<SignedEntry>
  /**
   * All of the page as an update, with some entries in another form and others after those that are here; or after the first `length` of
   * one feed, where that is cut.
   */
  encodeWith(
    changed: readonly SignedEntry[],
    appended: readonly SignedEntry[],
    cut?: { feed: FeedId; length: number },
  ): Bytes
  /** The elements of a feed up to `to`, as far as they are here. */
  chain(feed: FeedId, to?: number): Uint8Array[]
  /** Takes what the gate admitted, after it was written to the disk. */
  apply(change: PageChange): void
  /** Of a damaged page: every feed of which anything is here, whatever was known of it. */
  feedsHere(): Iterable<FeedId>
  /** What is here of a feed up to the first gap, whatever was known of it. */
  elementsHere(feed: FeedId): Uint8Array[]
  /** From now on these are its feeds: a damaged page is what is here of it. */
  standAt(heads: readonly FeedHead[]): void
  /** All that was lost is back, and on the disk. */
  endDamage(missed: readonly PagePosition[]): void
  /** Updates that bring a feed of a peer from `from` entries to `to`, each of about `sliceBytes` at most (Y5). */
  slices(feed: FeedId, from: number, to: number, sliceBytes: number): Iterable<Bytes>
}

/** What is known of a page of which the disk has lost a part. */
export interface PageDamage {
  /** How long each feed was: what a device has signed up to there is not signed again (P6). */
  promised: ReadonlyMap<FeedId, number>
  /** Nothing says how long they were. */
  hasLostHeads: boolean
  /** It was noted before, and no row is unreadable. */
  isOnlyNoted: boolean
  unreadableRows: number
  /** Something waits in it for what was before it. */
  hasGaps: boolean
}

type KnownDamage = Omit<PageDamage, 'hasGaps'>

const damageOf = ({ heads, damagedRows, isNotedDamaged }: StoredPage): KnownDamage | undefined => {
  if (damagedRows === 0) return undefined
  const hasLostHeads = heads.length === 0
  const unreadableRows = damagedRows - Number(isNotedDamaged === true) - Number(hasLostHeads)
  const isOnlyNoted = isNotedDamaged === true && unreadableRows === 0
  const promised = new Map(lengthsOf(heads))
  return { promised, hasLostHeads, isOnlyNoted, unreadableRows }
}

export const createPage = (stored: StoredPage | undefined): Page => {
  let damage = stored && damageOf(stored)
  let doc = openDocument(stored?.updates ?? [])
  const heads = new Map<FeedId, FeedHead>(stored?.heads.map((head) => [head.feed, head]))
  let messageCount = stored?.messageCount ?? 0
  let missed: readonly PagePosition[] = stored?.missed ?? []
  let missedSeqs = indexPositions(missed)
  let erasures = createErasures()
  let about: PagePosition[] = []
  let hasPins = false
  let frozen: readonly FrozenFeed[] = stored?.frozen ?? []

  const array = (feed: FeedId) => doc.getArray<unknown>(String(feed))
  const lengthOf = (feed: FeedId) => heads.get(feed)?.length ?? 0
  const elementAt = (feed: FeedId, seq: number): Uint8Array | undefined => {
    const element = array(feed).get(seq)
    return element instanceof Uint8Array ? element : undefined
  }
  const read = (feed: FeedId, seq: number): SignedEntry | undefined => {
    const head = heads.get(feed)
    const element = head && elementAt(feed, seq)
    const entry = element && parseElement(element, seq)
    return head && entry && { ...entry, feed, device: head.device, seq }
  }
  /** Up to the first that is none, which is not from the gate: what follows it would make a gap. */
  const elementsOf = (feed: FeedId, from = 0, to = Infinity): Uint8Array[] => {
    return whole(array(feed).slice(from, Math.min(to, lengthOf(feed))))
  }

  const noteKind = (kind: number, position: PagePosition) => {
    if (isAboutAnother(kind)) about.push(position)
    hasPins ||= kind === entryKinds.pin
  }
  /** Looks through all of it, once when it is opened and where a part of it was cut. */
  const indexKinds = () => {
    erasures = createErasures()
    about = []
    hasPins = false
    for (const feed of heads.keys())
      for (const [seq, element] of elementsOf(feed).entries()) {
        const kind = peekElement(element)?.kind
        if (kind === entryKinds.erase) erasures.add([read(feed, seq)].filter((entry) => entry !== undefined))
        else if (kind !== undefined) noteKind(kind, { feed, seq })
      }
  }
  indexKinds()

  return {
    get isDamaged() {
      return damage !== undefined
    },
    get damage() {
      return damage && { ...damage, hasGaps: doc.store.pendingStructs !== null }
    },
    get erasures() {
      return erasures
    },
    get frozen() {
      return frozen
    },
    isFrozen: (feed) => frozen.some((one) => one.feed === feed),
    signatureAt(feed, seq) {
      const element = elementAt(feed, seq)
      return element && peekSignature(element)
    },
    chain: (feed, to) => elementsOf(feed, 0, to),
    get count() {
      return heads.size
    },
    get messageCount() {
      return messageCount
    },
    get missed() {
      return missed
    },
    get about() {
      return about
    },
    get hasPins() {
      return hasPins
    },
    missedAt: (feed, seq) => (missedSeqs.get(feed)?.has(seq) ? elementAt(feed, seq) : undefined),
    lengthOf,
    headOf: (feed) => Promise.resolve(heads.get(feed)),
    heads: () => heads.values(),
    read,
    *entries() {
      for (const { feed, length } of heads.values())
        for (let seq = length - 1; seq >= 0; seq--) {
          const entry = read(feed, seq)
          if (entry) yield entry
        }
    },
    encodeWith(changed, appended, cut) {
      const runs = new Map<FeedId, Uint8Array[]>()
      for (const feed of heads.keys())
        runs.set(feed, elementsOf(feed, 0, feed === cut?.feed ? cut.length : Infinity))
      for (const entry of [...changed, ...appended]) {
        const elements = runs.get(entry.feed) ?? []
        runs.set(entry.feed, elements)
        // A damaged page may have lost what goes before.
        if (entry.seq <= elements.length) elements[entry.seq] = encodeElement(entry)
      }
      return encodeRuns(
        [...runs].flatMap(([feed, elements]) => (elements.length > 0 ? [{ feed, clock: 0, elements }] : [])),
      )
    },
    apply(change) {
      // Built anew, so that nothing keeps the bytes of what was erased.
      if (change.isWhole) doc = openDocument([change.update])
      else Y.applyUpdate(doc, change.update)
      for (const head of change.heads) heads.set(head.feed, head)
      messageCount = change.messageCount ?? messageCount + countMessages(change.entries)
      if (change.frozen) {
        // What an entry of the cut part erased, it never did.
        frozen = change.frozen
        if (damage)
          damage = { ...damage, promised: new Map([...damage.promised, ...lengthsOf(change.heads)]) }
        indexKinds()
      } else {
        erasures.add(change.entries)
        for (const { kind, feed, seq } of change.entries) noteKind(kind, { feed, seq })
      }
      if (change.missed) missed = change.missed
      missedSeqs = indexPositions(missed)
    },
    feedsHere: () =>
      new Set([...heads.keys(), ...[...doc.share.keys()].map(Number).filter(Number.isSafeInteger)]),
    elementsHere: (feed) => whole(array(feed).toArray()),
    standAt(now) {
      heads.clear()
      for (const head of now) heads.set(head.feed, head)
      frozen = frozen.filter(({ feed, seq }) => lengthOf(feed) > seq)
      missed = missed.filter(({ feed, seq }) => seq < lengthOf(feed))
      missedSeqs = indexPositions(missed)
      messageCount = 0
      for (const feed of heads.keys())
        for (const element of elementsOf(feed))
          if (peekElement(element)?.kind === entryKinds.message) messageCount += 1
      indexKinds()
    },
    endDamage(now) {
      damage = undefined
      missed = now
      missedSeqs = indexPositions(missed)
    },
    *slices(feed, from, to, sliceBytes) {
      let slice: Uint8Array[] = []
      let bytes = 0
      let start = from
      for (const element of elementsOf(feed, from, to)) {
        if (slice.length > 0 && bytes + element.length > sliceBytes) {
          yield encodeAppend(feed, start, slice)
          start += slice.length
          slice = []
          bytes = 0
        }
        slice.push(element)
        bytes += element.length
      }
      if (slice.length > 0) yield encodeAppend(feed, start, slice)
    },
  }
}

const openDocument = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc({ gc: false })
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

const lengthsOf = (heads: readonly FeedHead[]) => heads.map(({ feed, length }) => [feed, length] as const)

const whole = (elements: unknown[]): Uint8Array[] => {
  const end = elements.findIndex((element) => !(element instanceof Uint8Array))
  return (end === -1 ? elements : elements.slice(0, end)) as Uint8Array[]
}

const indexPositions = (positions: readonly PagePosition[]): ReadonlyMap<FeedId, ReadonlySet<number>> => {
  const byFeed = new Map<FeedId, Set<number>>()
  for (const { feed, seq } of positions) byFeed.set(feed, (byFeed.get(feed) ?? new Set<number>()).add(seq))
  return byFeed
}

export const countMessages = (entries: readonly SignedEntry[]): number =>
  entries.filter((entry) => entry.kind === entryKinds.message).length
