import { equalBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { FeedHead, FeedId } from '../ports.ts'
import { parseEraseBody } from './erase-body.ts'
import { encodeElement, entryKinds, parseElement, peekSignature, toHusk, type EntryKind } from './entry.ts'
import { verifyRun, type FeedProblem, type PagePlace, type SignedEntry } from './feed.ts'
import { readAppends, type FeedAppend, type StructureProblem } from './structure.ts'

/** What a page knows of its feeds. */
export interface Feeds {
  readonly count: number
  lengthOf(feed: FeedId): number
  headOf(feed: FeedId): Promise<FeedHead | undefined>
  /** The husk at this place, as an element, where its body is wanted back (P4). */
  missedAt?(feed: FeedId, seq: number): Uint8Array | undefined
  /** The signature of the entry at this place, which tells it from every other. */
  signatureAt?(feed: FeedId, seq: number): Uint8Array | undefined
  /** Whether nothing more is taken of it (P6). */
  isFrozen?(feed: FeedId): boolean
}

/**
 * Whether a device may make the body of what another wrote go (P4). `once`: it was allowed to at some time, so what went by its word is not
 * missed, but nothing more goes. `no`: not by all that is known here.
 */
export type ErasePermission = 'yes' | 'once' | 'no'

/** What may stand in a log: the group's say on top of the chain's (P3). */
export interface LogRules {
  readonly kinds: ReadonlySet<EntryKind>
  /** `early`: what makes it good, its author's certificate or its epoch, may still be on the way. */
  judge(entry: SignedEntry, page: number): 'good' | 'early' | 'cutOff'
  /** Absent where nothing can be erased. */
  mayErase?(eraser: DeviceId, author: DeviceId): ErasePermission
}

/** An update that may go to the disk and into the page. */
export interface Admission {
  update: Bytes
  entries: SignedEntry[]
  /** Of the feeds it extends, as they are after it. */
  heads: FeedHead[]
  /** Whole entries for husks that are here: the same headers and signatures. */
  fills?: SignedEntry[]
}

/**
 * A sign that a feed was forked (P6): another entry than the one here at `seq`, or, without an element, something that does not follow what is
 * here up to there. It may be no more than noise.
 */
export interface Doubt {
  feed: FeedId
  seq: number
  element?: Bytes
}

export type Verdict = Judgement & { doubts?: readonly Doubt[] }

type Judgement =
  | { type: 'admitted'; admission: Admission }
  /** Holds nothing but more of feeds that are frozen (P6). No fault of the sender's, who may not know yet. */
  | { type: 'frozen'; feeds: readonly FeedId[] }
  /** Holds nothing new. */
  | { type: 'known' }
  /** Something before it is missing: ask, and it will come again. No fault of the sender's. */
  | { type: 'gap' }
  /** Nothing here says yet that it is good: not kept, since it comes again when the rest has come. */
  | { type: 'early' }
  | { type: 'refused'; why: Refusal }

export type Refusal =
  | Exclude<StructureProblem, { type: 'gap' }>
  | FeedProblem
  | { type: 'kindNotHere'; kind: EntryKind }
  | { type: 'cutOff'; seq: number }

/** P3: judges an update whole, before Yjs sees it. Changes nothing. */
export const judgeUpdate = async (
  place: PagePlace,
  feeds: Feeds,
  update: Bytes,
  rules: LogRules,
): Promise<Verdict> => {
  const appends = readAppends(update, (feed) => feeds.lengthOf(feed), feeds.count, {
    isWanted: (feed, seq) => feeds.missedAt?.(feed, seq) !== undefined,
    isOther: (feed, seq, element) => isOtherSignature(feeds.signatureAt?.(feed, seq), peekSignature(element)),
    isFrozen: (feed) => feeds.isFrozen?.(feed) === true,
  })
  if (!appends.ok) {
    return appends.problem.type === 'gap' ? { type: 'gap' } : { type: 'refused', why: appends.problem }
  }
  const doubts = appends.value.flatMap(({ feed, rival }): Doubt[] => (rival ? [{ feed, ...rival }] : []))
  const verdict = await judgeAppends(place, feeds, update, rules, appends.value)
  if (doubts.length > 0) return { ...verdict, doubts }
  return verdict
}

const isOtherSignature = (here: Uint8Array | undefined, there: Uint8Array | undefined): boolean =>
  here !== undefined && there !== undefined && !equalBytes(here, there)

const judgeAppends = async (
  place: PagePlace,
  feeds: Feeds,
  update: Bytes,
  rules: LogRules,
  appends: readonly FeedAppend[],
): Promise<Verdict> => {
  const admission: Admission = { update, entries: [], heads: [] }
  const fills: SignedEntry[] = []
  for (const { feed, elements, again } of appends) {
    const head = await feeds.headOf(feed)
    fills.push(...(await readFills(feeds, feed, head, again)))
    if (elements.length === 0) continue
    const run = await verifyRun(place, feed, head, elements)
    if (!run.ok) {
      const doubts = run.problem.type === 'badSignature' && head ? [{ feed, seq: head.length }] : undefined
      return { type: 'refused', why: run.problem, ...(doubts && { doubts }) }
    }
    for (const entry of run.value.entries) {
      if (!rules.kinds.has(entry.kind))
        return { type: 'refused', why: { type: 'kindNotHere', kind: entry.kind } }
      const judged = rules.judge(entry, place.page)
      if (judged === 'early') return { type: 'early' }
      if (judged === 'cutOff') return { type: 'refused', why: { type: 'cutOff', seq: entry.seq } }
      admission.entries.push(entry)
    }
    admission.heads.push(run.value.head)
  }
  if (admission.entries.length === 0 && fills.length === 0) {
    const frozen = appends.filter(({ isFrozen }) => isFrozen).map(({ feed }) => feed)
    return frozen.length > 0 ? { type: 'frozen', feeds: frozen } : { type: 'known' }
  }
  if (fills.length > 0) admission.fills = fills
  const problem = await judgeErasures(feeds, admission, rules)
  return problem ?? { type: 'admitted', admission }
}

/** Of entries that are offered again, those that are what the husks here were: nothing needs to be verified once more. */
const readFills = async (
  feeds: Feeds,
  feed: FeedId,
  head: FeedHead | undefined,
  again: ReadonlyMap<number, Uint8Array>,
): Promise<SignedEntry[]> => {
  const fills: SignedEntry[] = []
  for (const [seq, element] of again) {
    const entry = parseElement(element, seq)
    const husk = feeds.missedAt?.(feed, seq)
    if (!head || !husk || !entry || entry.bodyHash) continue
    if (equalBytes(encodeElement(await toHusk(entry)), husk))
      fills.push({ ...entry, feed, device: head.device, seq })
  }
  return fills
}

/**
 * P4: an erase entry names its targets, and its author may erase them as far as their authors are known here. Where it may not by what is
 * known, a role may still be on the way; what names nobody known has an effect only once that is known.
 */
const judgeErasures = async (
  feeds: Feeds,
  { entries, heads }: Admission,
  rules: LogRules,
): Promise<Verdict | undefined> => {
  for (const { kind, body, seq, device } of entries) {
    if (kind !== entryKinds.erase) continue
    const targets = parseEraseBody(body)
    if (!targets) return { type: 'refused', why: { type: 'badEntry', seq } }
    for (const { feed } of targets) {
      const author = (heads.find((head) => head.feed === feed) ?? (await feeds.headOf(feed)))?.device
      if (author !== undefined && (rules.mayErase?.(device, author) ?? 'no') === 'no')
        return { type: 'early' }
    }
  }
  return undefined
}
