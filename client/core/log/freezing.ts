import { compareBytes, concatBytes, equalBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { verifySignature } from '../../../shared/crypto/ed25519.ts'
import { retentionLimits } from '../../../shared/limits.ts'
import { feedOf, publicKeyOf } from '../identity/device.ts'
import type { FeedId, FrozenFeed, LogId, LogStore, TimelineKey } from '../ports.ts'
import { encodeAppend } from './append-update.ts'
import type { Committing, OpenPage } from './committing.ts'
import { entryKinds, parseElement, peekSignature } from './entry.ts'
import { openBody, type SignedEntry } from './feed.ts'
import { headerAt, makeForkProof, markBytes, parseForkProof, proveFork, readForkProof } from './forks.ts'
import type { ForkProof } from './forks.ts'
import { planFreeze } from './freeze-change.ts'
import type { Doubt } from './gate.ts'
import type { PageLengths } from './page-lengths.ts'

/** A feed of a page that has just been frozen, or frozen further back. */
export interface Fork extends FrozenFeed {
  log: LogId
  page: number
}

/** A fork as it is told when it is found. */
export interface ToldFork extends Fork {
  /** Of this device's own feed: the messages that nobody keeps any more, opened, the oldest first. */
  lost: readonly Bytes[]
}

export type ForkOutcome =
  /** Frozen here, now. */
  | { type: 'frozen' }
  /** Nothing new here, or nothing that this device could do anything about. */
  | { type: 'known' }
  /** Something before it is missing: ask, and it will come again. */
  | { type: 'gap' }
  /** It is after another entry than is here: the feed was forked before already, or somebody made it up. */
  | { type: 'doubt'; doubt: Doubt }
  /** It proves nothing. */
  | { type: 'refused' }
  | { type: 'notStored' }

/** P6: two entries of one device for one place. What follows is a function of the proofs alone, whatever the order in which they come. */
export interface Freezing {
  takeFork(proof: Bytes): Promise<ForkOutcome>
  /** Whether what an update had at a place that is taken proves a fork; frozen if so. */
  lookInto(log: LogId, page: number, doubt: Doubt): Promise<ForkOutcome>
  /** What stands for each entry of a feed here, one after the other, for a peer to look where its own feed parts from it. */
  marksOf(log: LogId, page: number, feed: FeedId): Promise<Bytes>
  /** The first entry here that is not the one that a peer has at its place, as an update. */
  firstOther(log: LogId, page: number, feed: FeedId, marks: Bytes): Promise<Bytes | undefined>
  /** All that are known. */
  forksIn(log: LogId): readonly Fork[]
  forks(): readonly Fork[]
  onFork(listener: (fork: ToldFork) => void): () => void
}

export interface FreezingOptions extends Pick<Committing, 'commit' | 'fatesOf'> {
  feed: FeedId
  store: LogStore
  lengths: PageLengths
  inOrder<Value>(log: LogId, task: () => Promise<Value>): Promise<Value>
  openPage(log: LogId, number: number): Promise<OpenPage | undefined>
}

export const createFreezing = (options: FreezingOptions): Freezing => {
  const { store, lengths, inOrder, openPage, commit, fatesOf } = options
  const listeners = new Set<(fork: ToldFork) => void>()

  /** The rows of what a feed has from `seq` on: each is found under the time that it shows, which its author need not have set. */
  const rowsFrom = async ({ log, number }: OpenPage, feed: FeedId, seq: number): Promise<TimelineKey[]> => {
    const found: TimelineKey[] = []
    let before: TimelineKey | undefined
    for (;;) {
      const limit = retentionLimits.sweepRows
      const keys = await store.readTimeline(log, { ...(before && { before }), limit })
      found.push(...keys.filter((key) => key.feed === feed && key.page === number && key.seq >= seq))
      before = keys.at(-1)
      if (keys.length < limit) return found
    }
  }

  const openMessages = async (
    { page, group, log, number }: OpenPage,
    feed: FeedId,
    from: number,
  ): Promise<Bytes[]> => {
    const bodies: (Bytes | undefined)[] = []
    for (let seq = from; seq < page.lengthOf(feed); seq++) {
      const entry = page.read(feed, seq)
      if (entry?.kind !== entryKinds.message) continue
      bodies.push(await openBody(group.bodies, { group: group.id, log, page: number }, entry))
    }
    return bodies.filter((body) => body !== undefined)
  }

  /** A log about a group is read anew, since something in it may never have been said. */
  const readAgain = async ({ group, log }: OpenPage): Promise<void> => {
    if (!group.control) return
    const entries: SignedEntry[] = []
    for (const number of lengths.all.get(log)?.keys() ?? [])
      for (const entry of (await openPage(log, number))?.page.entries() ?? []) entries.push(entry)
    await group.control(entries, 'allOfIt')
  }

  /** P3: what makes entries good must do so for both, or nobody would have them. */
  const judge = ({ group, number }: OpenPage, { kept, other }: ForkProof) => {
    const { kinds, judge: judgeEntry } = group.rules
    if (!kinds.has(kept.kind) || !kinds.has(other.kind)) return 'refused'
    const judged = [kept, other].map((entry) => judgeEntry(entry, number))
    return judged.every((one) => one === 'good') ? 'good' : 'known'
  }

  const isLower = (known: FrozenFeed | undefined, { seq, keptHash }: ForkProof): boolean =>
    !known || seq < known.seq || (seq === known.seq && compareBytes(keptHash, known.hash) < 0)

  const freeze = async (at: OpenPage, proof: ForkProof, whole?: SignedEntry): Promise<ForkOutcome> => {
    const { page, log, number } = at
    const { feed, device, seq } = proof
    const ours = page.read(feed, seq)
    if (!ours) return { type: 'known' } // the disk has lost it
    const isOurs = (entry: SignedEntry) => equalBytes(entry.signature, ours.signature)
    if (!isOurs(proof.kept) && !isOurs(proof.other)) {
      const key = publicKeyOf(device)
      const follows = key && (await verifySignature(key, ours.signature, await headerAt(proof, ours)))
      if (!follows) return { type: 'doubt', doubt: { feed, seq } }
      // A third: of all three the lowest stays.
      const third = await makeForkProof(proof, [ours, proof.kept])
      if (third && isOurs(third.kept)) return freeze(at, third)
    }
    const known = page.frozen.find((one) => one.feed === feed)
    if (!isLower(known, proof)) return { type: 'known' }
    const frozen = { feed, device, seq, hash: proof.keptHash, ms: proof.kept.time.ms, proof: proof.bytes }
    const kept = isOurs(proof.kept) ? undefined : (whole ?? proof.kept)
    const change = await planFreeze(page, frozen, kept, fatesOf(at.group, number))
    const from = kept ? seq : seq + 1
    const gone = await rowsFrom(at, feed, from)
    const isOwn = feed === options.feed
    const lost = isOwn ? await openMessages(at, feed, from) : []
    const committed = await commit(at, change, { gone, ...(isOwn && { forgetsHolders: true }) })
    if (!committed.ok) return { type: 'notStored' }
    await readAgain(at)
    for (const listener of [...listeners]) listener({ ...frozen, log, page: number, lost })
    return { type: 'frozen' }
  }

  const forksIn = (log: LogId): Fork[] =>
    [...(lengths.all.get(log)?.keys() ?? [])].flatMap((page) =>
      lengths.frozenIn(log, page).map((frozen) => ({ ...frozen, log, page })),
    )

  const readMarks = async (log: LogId, number: number, feed: FeedId): Promise<Uint8Array[]> =>
    ((await openPage(log, number))?.page.chain(feed) ?? []).map(
      (element) => peekSignature(element)?.subarray(0, markBytes) ?? new Uint8Array(markBytes),
    )

  return {
    async takeFork(bytes) {
      const claim = parseForkProof(bytes)
      if (!claim) return { type: 'refused' }
      const { place, device, seq } = claim
      const { log, page: number } = place
      // A page that is not here, or was dropped (P8), brings its proofs when it comes.
      if (!lengths.has(log, number)) return { type: 'known' }
      const feed = await feedOf(device)
      return inOrder(log, async (): Promise<ForkOutcome> => {
        const at = await openPage(log, number)
        if (at?.group.id !== place.group) return { type: 'known' }
        const known = at.page.frozen.find((one) => one.feed === feed)
        if (known && (known.seq < seq || equalBytes(known.proof, bytes))) return { type: 'known' }
        const proof = await readForkProof(bytes)
        const judged = proof ? judge(at, proof) : 'refused'
        if (!proof || judged !== 'good') return { type: judged === 'known' ? 'known' : 'refused' }
        return at.page.lengthOf(feed) > seq ? freeze(at, proof) : { type: 'gap' }
      })
    },

    lookInto: (log, number, { feed, seq, element }) =>
      inOrder(log, async (): Promise<ForkOutcome> => {
        const at = element && (await openPage(log, number))
        const known = at?.page.frozen.find((one) => one.feed === feed)
        if (!at || (known && known.seq <= seq)) return { type: 'known' }
        const chain = at.page.chain(feed, seq + 1)
        if (chain.length <= seq) return { type: 'known' }
        const proof = await proveFork({ group: at.group.id, log, page: number }, feed, chain, element)
        if (!proof) return { type: 'doubt', doubt: { feed, seq } }
        if (judge(at, proof) !== 'good') return { type: 'known' }
        return freeze(at, proof, wholeOf(proof, element))
      }),

    marksOf: (log, number, feed) =>
      inOrder(log, async () => concatBytes(...(await readMarks(log, number, feed)))),

    firstOther: (log, number, feed, theirs) =>
      inOrder(log, async () => {
        // What does not count any more (G6) is not passed on.
        const counted = lengths.all.get(log)?.get(number)?.get(feed)
        const ours = (await readMarks(log, number, feed)).slice(0, counted)
        const seq = ours.findIndex((mark, index) => {
          const their = theirs.subarray(index * markBytes, (index + 1) * markBytes)
          return their.length === markBytes && !equalBytes(mark, their)
        })
        const element = seq < 0 ? undefined : (await openPage(log, number))?.page.chain(feed, seq + 1)[seq]
        return element && encodeAppend(feed, seq, [element])
      }),

    forksIn,
    forks: () => [...lengths.all.keys()].flatMap(forksIn),

    onFork(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The entry that stays, where an update has brought all of it. */
const wholeOf = ({ kept, feed, device, seq }: ForkProof, element: Bytes): SignedEntry | undefined => {
  const entry = parseElement(element, seq)
  const isKept = entry && equalBytes(entry.signature, kept.signature)
  return isKept ? { ...entry, feed, device, seq } : undefined
}
