import type { DeviceId } from '../../../shared/identifiers.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { FeedHead, LogId, LogStore, StoreProblem, TimelineKey } from '../ports.ts'
import { entryKinds, isAboutAnother } from './entry.ts'
import { createFates, type Fates } from './fate.ts'
import { openBody, type SignedEntry } from './feed.ts'
import type { Admission } from './gate.ts'
import type { HybridClock } from './hybrid-clock.ts'
import type { LogGroup } from './log-group.ts'
import type { Arrival, ReadEntry } from './logs.ts'
import { encodeEntries, planChange } from './page-change.ts'
import type { PageLengths } from './page-lengths.ts'
import { countMessages, type Page, type PageChange } from './page.ts'

/** A page of a log in memory, with what it is judged by. */
export interface OpenPage {
  group: LogGroup
  log: LogId
  number: number
  page: Page
}

/** Where a change comes from: a device, this one, or the passing of time, which takes rows from the index. */
export type Origin =
  | { from: DeviceId }
  | { own: ((key: TimelineKey) => void) | undefined }
  | { gone: readonly TimelineKey[]; forgetsHolders?: boolean }

type Outcome = Promise<Result<void, StoreProblem>>

/** The one way in which pages change: disk first, then memory, then everybody who listens (P5). */
export interface Committing {
  /** What the gate let through. */
  admit(at: OpenPage, admission: Admission, origin: Origin): Outcome
  commit(at: OpenPage, change: PageChange, origin: Origin): Outcome
  /** What an entry shows; undefined for what does not: its time is over, or its body has yet to come back. */
  open(at: OpenPage, entry: SignedEntry, key: TimelineKey): Promise<ReadEntry | undefined>
  fatesOf(group: LogGroup, page: number): Fates
  onArrival(listener: (arrival: Arrival) => void): () => void
  onErased(listener: (log: LogId, page: number) => void): () => void
  tellErased(log: LogId, page: number): void
}

export interface CommittingOptions {
  store: LogStore
  time: HybridClock
  lengths: PageLengths
}

/** Of a damaged page the disk goes on saying how long a feed was, until it is as long again (P6). */
const headsToKeep = ({ damage }: Page, { heads, frozen }: PageChange): FeedHead[] =>
  heads.filter(({ feed, length }) => frozen !== undefined || length >= (damage?.promised.get(feed) ?? 0))

export const createCommitting = ({ store, time, lengths }: CommittingOptions): Committing => {
  const arrivalListeners = new Set<(arrival: Arrival) => void>()
  const erasedListeners = new Set<(log: LogId, page: number) => void>()

  const keyOf = (entry: SignedEntry, page: number): TimelineKey => {
    const { ms, counter } = time.shown(entry.time)
    return { ms, counter, feed: entry.feed, page, seq: entry.seq }
  }
  const fatesOf = (group: LogGroup, page: number) => createFates(group, page, time.now())
  const tellErased = (log: LogId, page: number) => {
    for (const listener of [...erasedListeners]) listener(log, page)
  }

  const open: Committing['open'] = async ({ group, log, number, page }, entry, key) => {
    const shown = {
      key,
      author: entry.device,
      kind: entry.kind,
      ...(isAboutAnother(entry.kind) && { time: entry.time }),
    }
    if (!entry.bodyHash)
      return { ...shown, body: await openBody(group.bodies, { group: group.id, log, page: number }, entry) }
    const fate = await fatesOf(group, number).of(entry, page.erasures.of(entry.feed, entry.seq))
    return fate.type === 'erased' ? { ...shown, body: undefined, erasedBy: fate.by } : undefined
  }

  const tellArrival = async (
    at: OpenPage,
    change: PageChange,
    shown: readonly { entry: SignedEntry; key: TimelineKey }[],
    from: DeviceId | undefined,
  ): Promise<void> => {
    const opened = await Promise.all(shown.map(({ entry, key }) => open(at, entry, key)))
    const arrival: Arrival = {
      log: at.log,
      page: at.number,
      update: change.isWhole ? encodeEntries(change.entries) : change.update,
      entries: opened.filter((entry) => entry !== undefined),
      from,
    }
    for (const listener of [...arrivalListeners]) listener(arrival)
  }

  const commit: Committing['commit'] = async (at, change, origin) => {
    const { group, log, number, page } = at
    const { entries } = change
    const fates = fatesOf(group, number)
    const shown = entries
      .filter((entry) => entry.kind !== entryKinds.erase && !(entry.bodyHash && fates.isOver(entry)))
      .map((entry) => ({ entry, key: keyOf(entry, number) }))
    const keys = shown.filter(({ entry }) => !isAboutAnother(entry.kind)).map(({ key }) => key)
    const written = await store.write({
      log,
      page: number,
      update: change.update,
      ...(change.isWhole && { isWhole: true, isDamaged: page.isDamaged }),
      heads: headsToKeep(page, change),
      messageCount: change.messageCount ?? page.messageCount + countMessages(entries),
      timeline: group.control ? [] : keys,
      ...('gone' in origin && { gone: origin.gone }),
      missed: change.missed ?? page.missed,
      hasPins: page.hasPins || entries.some(({ kind }) => kind === entryKinds.pin),
      frozen: change.frozen ?? page.frozen,
      ...('forgetsHolders' in origin && { forgetsHolders: origin.forgetsHolders }),
      durability: 'own' in origin ? 'strict' : 'relaxed',
    })
    if (!written.ok) return written

    const missedBefore = page.missed.length
    page.apply(change)
    lengths.note(log, number, change.heads)
    lengths.noteMissed(log, number, page.missed.length)
    if (page.hasPins) lengths.notePins(log, number)
    if (change.frozen) lengths.noteFrozen(log, number, change.frozen)
    for (const entry of entries) time.observe(entry.time)
    // What a feed's freezing brings, others learn by its proof.
    const brings = change.frozen ? [] : entries
    if (brings.length > 0) await group.control?.(brings)
    if ('own' in origin) for (const key of keys) origin.own?.(key)
    if (brings.length > 0) await tellArrival(at, change, shown, 'from' in origin ? origin.from : undefined)
    const hasErased = change.isWhole || entries.some(({ kind }) => kind === entryKinds.erase)
    if (hasErased || missedBefore !== page.missed.length) tellErased(log, number)
    return ok(undefined)
  }

  return {
    commit,
    open,
    fatesOf,
    tellErased,
    admit: async (at, admission, origin) =>
      commit(at, await planChange(at.page, admission, fatesOf(at.group, at.number)), origin),
    onArrival(listener) {
      arrivalListeners.add(listener)
      return () => arrivalListeners.delete(listener)
    },
    onErased(listener) {
      erasedListeners.add(listener)
      return () => erasedListeners.delete(listener)
    },
  }
}
