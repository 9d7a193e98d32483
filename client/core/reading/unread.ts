import { equalityDeep } from 'lib0/function'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { readingLimits } from '../../../shared/limits.ts'
import type { LatestLine, Person, UnreadCount } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { Clock, LogId, TimelineKey, Timer } from '../ports.ts'
import { foldCallLines } from '../room/call-lines.ts'
import { parseCallSummary } from '../room/call-summary.ts'
import { parseMessage } from '../room/message-body.ts'
import { mergeByKey } from '../room/timeline-order.ts'
import { createValue, type Value } from '../value.ts'
import type { Marks } from './marks.ts'

/** What the list of rooms tells of each. */
export interface Unread {
  readonly unread: Value<ReadonlyMap<LogId, UnreadCount>>
  readonly latest: Value<ReadonlyMap<LogId, LatestLine>>
  /** Begins to look, once nothing waits for the disk that is to be on the screen first. */
  begin(): void
  /** The newest entry of a room, where it was looked into. */
  newest(log: LogId): TimelineKey | undefined
  close(): void
}

export interface UnreadOptions {
  me: AccountId
  logs: Pick<Logs, 'read' | 'onArrival' | 'onErased' | 'onShortened'>
  marks: Pick<Marks, 'isRead' | 'hasLate' | 'onChange'>
  /** The rooms that are listed. */
  rooms: Value<readonly { id: LogId; isJoined: boolean }[]>
  people: Value<readonly Person[]>
  author(device: DeviceId): Person
  person(account: AccountId): Person
  /** Whether a message names this person. */
  isMention(entry: ReadEntry): boolean
  clock: Clock
  /** What is on the screen already: it stays there for each room until that was looked into. */
  shown?: ShownCounts | undefined
}

export interface ShownCounts {
  unread: ReadonlyMap<LogId, UnreadCount>
  latest: ReadonlyMap<LogId, LatestLine>
}

export const createUnread = (options: UnreadOptions): Unread => {
  const { logs, marks, clock, shown } = options
  /** The newest entries of each room that was looked into, oldest first. */
  const known = new Map<LogId, readonly ReadEntry[]>()
  const stale = new Set<LogId>()
  const unread = createValue<ReadonlyMap<LogId, UnreadCount>>(shown?.unread ?? new Map())
  const latest = createValue<ReadonlyMap<LogId, LatestLine>>(shown?.latest ?? new Map())
  let hasBegun = false
  let isClosed = false

  const listed = (): LogId[] =>
    options.rooms
      .get()
      .filter(({ isJoined }) => isJoined)
      .map(({ id }) => id)

  const told = (log: LogId): { count?: UnreadCount | undefined; line?: LatestLine | undefined } => {
    const entries = known.get(log)
    if (!entries) return { count: shown?.unread.get(log), line: shown?.latest.get(log) }
    return {
      count: countOf(log, entries, options),
      line: entries
        .slice(-readingLimits.latestRows)
        .map((entry) => lineOf(entry, options))
        .findLast((one) => one !== undefined),
    }
  }

  const show = () => {
    const counts = new Map<LogId, UnreadCount>()
    const lines = new Map<LogId, LatestLine>()
    for (const log of listed()) {
      const { count, line } = told(log)
      if (count && (count.messages > 0 || count.hasMissedCall)) counts.set(log, count)
      if (line) lines.set(log, line)
    }
    unread.set(reuse(unread.get(), counts))
    latest.set(reuse(latest.get(), lines))
  }

  /** As many as say what is new, and no more: what was read long ago is not decrypted again. */
  const look = async (log: LogId): Promise<void> => {
    const { latestRows, maxCounted } = readingLimits
    const few = await logs.read(log, { limit: latestRows })
    const mayBeMore = few.every(({ key }) => !marks.isRead(log, key)) || marks.hasLate(log)
    const isMore = few.length === latestRows && mayBeMore
    known.set(log, isMore ? await logs.read(log, { limit: maxCounted }) : few)
  }

  let looking = false
  const lookAround = async (): Promise<void> => {
    for (const log of listed()) if (!known.has(log)) stale.add(log)
    if (looking) return
    looking = true
    for (const log of stale) {
      if (isClosed) return
      stale.delete(log)
      await look(log)
      show()
      // Everything else has its turn between two rooms.
      if (stale.size > 0) await new Promise<void>((resolve) => void clock.setTimer(resolve, 0))
    }
    looking = false
    show()
  }

  let timer: Timer | undefined
  const soon = () => {
    if (!hasBegun || isClosed) return
    timer ??= clock.setTimer(() => {
      timer = undefined
      lookAround().catch((error: unknown) => {
        looking = false
        // The disk is let go of while it is being read.
        if (!isClosed) throw error
      })
    }, readingLimits.countAfterMs)
  }
  const again = (log: LogId) => {
    stale.add(log)
    soon()
  }

  const leave = [
    logs.onArrival(({ log, entries }) => {
      const before = known.get(log)
      if (!before) return soon()
      const shown = entries.filter(({ kind }) => kind === entryKinds.message || kind === entryKinds.call)
      if (shown.length > 0) known.set(log, mergeByKey(before, shown).slice(-readingLimits.maxCounted))
      soon()
    }),
    logs.onErased(again),
    logs.onShortened(again),
    marks.onChange((log, account) => {
      if (account === options.me) again(log)
    }),
    options.rooms.subscribe(soon),
    options.people.subscribe(soon),
  ]

  return {
    unread,
    latest,
    begin() {
      hasBegun = true
      soon()
    },
    newest: (log) => known.get(log)?.at(-1)?.key,
    close() {
      isClosed = true
      if (timer !== undefined) clock.clearTimer(timer)
      for (const off of leave) off()
    },
  }
}

const countOf = (
  log: LogId,
  entries: readonly ReadEntry[],
  { marks, author, isMention, me }: UnreadOptions,
): UnreadCount => {
  const fresh = entries.filter(
    ({ key, erasedBy, author: device }) =>
      erasedBy === undefined && !marks.isRead(log, key) && !author(device).isMe,
  )
  const messages = fresh.filter(({ kind, body }) => kind === entryKinds.message && parseMessage(body))
  const calls = fresh.flatMap(({ kind, key, author: device, body }) => {
    const summary = kind === entryKinds.call ? parseCallSummary(body) : undefined
    return summary ? [{ key, writer: author(device).id, summary }] : []
  })
  return {
    messages: messages.length,
    mentions: messages.filter(isMention).length,
    hasMissedCall: foldCallLines(calls).some(
      ({ summary: { outcome, by, tookPart, called } }) =>
        by !== me && (outcome !== 'answered' || (called.includes(me) && !tookPart.includes(me))),
    ),
  }
}

const lineOf = (
  { key: { ms }, kind, body, erasedBy, author: device }: ReadEntry,
  { author, person }: UnreadOptions,
): LatestLine | undefined => {
  if (erasedBy !== undefined) return { type: 'erased', ms, author: author(device), text: '' }
  if (kind === entryKinds.call) {
    const summary = parseCallSummary(body)
    return summary && { type: 'call', ms, author: person(summary.by), text: '' }
  }
  const content = kind === entryKinds.message ? parseMessage(body) : undefined
  return content && { type: 'message', ms, author: author(device), text: content.text }
}

/** The value of before where nothing in it is another: the screen draws nothing anew then. */
const reuse = <Item extends object>(
  before: ReadonlyMap<LogId, Item>,
  now: ReadonlyMap<LogId, Item>,
): ReadonlyMap<LogId, Item> => {
  const items = new Map(
    [...now].map(([log, item]) => {
      const old = before.get(log)
      return [log, old && equalityDeep(old, item) ? old : item]
    }),
  )
  const isSame = items.size === before.size && [...items].every(([log, item]) => before.get(log) === item)
  return isSame ? before : items
}
