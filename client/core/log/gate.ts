import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { FeedHead, FeedId } from '../ports.ts'
import type { EntryKind } from './entry.ts'
import { verifyRun, type FeedProblem, type PagePlace, type SignedEntry } from './feed.ts'
import { readAppends, type StructureProblem } from './structure.ts'

/** What a page knows of its feeds. */
export interface Feeds {
  readonly count: number
  lengthOf(feed: FeedId): number
  headOf(feed: FeedId): Promise<FeedHead | undefined>
}

/** What may stand in a log: the group's say on top of the chain's (P3). */
export interface LogRules {
  readonly kinds: ReadonlySet<EntryKind>
  /** `early`: what makes it good, its author's certificate or its epoch, may still be on the way. */
  judge(entry: SignedEntry, page: number): 'good' | 'early' | 'cutOff'
}

/** An update that may go to the disk and into the page. */
export interface Admission {
  update: Bytes
  entries: SignedEntry[]
  /** Of the feeds it extends, as they are after it. */
  heads: FeedHead[]
}

export type Verdict =
  | { type: 'admitted'; admission: Admission }
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
  const appends = readAppends(update, (feed) => feeds.lengthOf(feed), feeds.count)
  if (!appends.ok) {
    return appends.problem.type === 'gap' ? { type: 'gap' } : { type: 'refused', why: appends.problem }
  }
  if (appends.value.length === 0) return { type: 'known' }
  const admission: Admission = { update, entries: [], heads: [] }
  for (const { feed, elements } of appends.value) {
    const run = await verifyRun(place, feed, await feeds.headOf(feed), elements)
    if (!run.ok) return { type: 'refused', why: run.problem }
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
  return { type: 'admitted', admission }
}
