import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { LogId, StoreProblem, TimelineKey } from '../ports.ts'
import type { Committing, OpenPage } from './committing.ts'
import type { EntryKind, EntryTime } from './entry.ts'
import { openBody } from './feed.ts'
import type { HybridClock } from './hybrid-clock.ts'
import type { PlacedPosition } from './keeping.ts'
import type { ReadEntry } from './logs.ts'
import type { PageLengths } from './page-lengths.ts'

/** An entry that is about another one of its page (P1), opened. */
export interface AboutEntry {
  place: PlacedPosition
  author: DeviceId
  kind: EntryKind
  /** By its author's clock: the same on every device. */
  time: EntryTime
  body: Bytes
}

export type AboutProblem = StoreProblem | { type: 'messageGone' }

/** What is said about single entries of a log: it stands on their page, and has no row in the index. */
export interface About {
  /** Resolves when it is on the disk. Fails with `messageGone` where nothing whole stands at the place. */
  appendAbout(
    log: LogId,
    target: PlacedPosition,
    entry: { kind: EntryKind; body: Bytes },
  ): Promise<Result<void, AboutProblem>>
  /** All that is about others in a page, as far as it counts and can be opened, in no order. */
  readAbout(log: LogId, page: number): Promise<AboutEntry[]>
  /** The entry at a place; undefined where none counts there, or its time is over. */
  readAt(log: LogId, position: PlacedPosition): Promise<ReadEntry | undefined>
  /** The pages in which something is pinned, or was, the newest first. */
  pinnedPages(log: LogId): readonly number[]
}

export interface AboutOptions extends Pick<Committing, 'open'> {
  time: Pick<HybridClock, 'shown'>
  lengths: Pick<PageLengths, 'has' | 'pinnedPages'>
  inOrder<Value>(log: LogId, task: () => Promise<Value>): Promise<Value>
  openPage(log: LogId, number: number): Promise<OpenPage | undefined>
  write(at: OpenPage, entry: { kind: EntryKind; body: Bytes }): Promise<Result<void, StoreProblem>>
}

export const createAbout = ({ open, time, lengths, inOrder, openPage, write }: AboutOptions): About => {
  const openKnown = async (log: LogId, page: number): Promise<OpenPage | undefined> =>
    lengths.has(log, page) ? openPage(log, page) : undefined

  const openAbout = async (
    { group, log, number, page }: OpenPage,
    { feed, seq }: { feed: number; seq: number },
  ): Promise<AboutEntry | undefined> => {
    const entry = page.read(feed, seq)
    if (!entry || seq >= group.countOf(entry.device, number)) return undefined
    const body = await openBody(group.bodies, { group: group.id, log, page: number }, entry)
    const { device: author, kind } = entry
    return body && { place: { page: number, feed, seq }, author, kind, time: entry.time, body }
  }

  return {
    appendAbout: (log, target, entry) =>
      inOrder(log, async () => {
        const at = await openKnown(log, target.page)
        const about = at?.page.read(target.feed, target.seq)
        if (!at || !about || about.bodyHash) return fail({ type: 'messageGone' })
        return write(at, entry)
      }),

    readAbout: (log, number) =>
      inOrder(log, async () => {
        const at = await openKnown(log, number)
        const found = at?.page.about.map((position) => openAbout(at, position)) ?? []
        return (await Promise.all(found)).filter((entry) => entry !== undefined)
      }),

    readAt: (log, { page: number, feed, seq }) =>
      inOrder(log, async () => {
        const at = await openKnown(log, number)
        const entry = at?.page.read(feed, seq)
        if (!at || !entry || seq >= at.group.countOf(entry.device, number)) return undefined
        const key: TimelineKey = { ...time.shown(entry.time), feed, page: number, seq }
        return open(at, entry, key)
      }),

    pinnedPages: (log) => lengths.pinnedPages(log),
  }
}
