import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Delivery, Holder, MessageItem, Person, Reader, TimelineItem } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { Clock, LogId, TimelineKey } from '../ports.ts'
import type { Value } from '../value.ts'
import type { AnnotatedPages } from './annotated-pages.ts'
import { foldCallLines } from './call-lines.ts'
import { parseCallSummary } from './call-summary.ts'
import { parseMessage, type MessageContent } from './message-body.ts'
import type { Outgoing } from './outgoing.ts'
import type { Quotes } from './quotes.ts'
import type { RoomFacts } from './room-facts.ts'
import { showMessage } from './show-message.ts'
import { nameOfKey } from './timeline-order.ts'

export interface TimelineItemsOptions {
  room: LogId
  /** This device. */
  me: DeviceId
  logs: Pick<Logs, 'mayErase' | 'forksIn'>
  clock: Pick<Clock, 'now'>
  rooms: Value<ReadonlyMap<LogId, RoomFacts>>
  person(account: AccountId): Person
  author(device: DeviceId): Person
  holder(device: DeviceId): Holder
  /** Who of those that have one's own message have read it. */
  readersOf(key: TimelineKey, held: readonly DeviceId[]): readonly Reader[]
  outgoing: Pick<Outgoing, 'list' | 'firstNameOf'>
  annotated: Pick<AnnotatedPages, 'of'>
  quotes: Pick<Quotes, 'find'>
}

/** The part of a room that is on the screen. */
export interface TimelineWindow {
  entries: readonly ReadEntry[]
  hasOlder: boolean
  /** Of each entry of this device's, who has it, by its name. */
  holdersOf: ReadonlyMap<string, readonly DeviceId[]>
}

/** Makes what a person sees of a window of a room. */
export const createTimelineItems = (
  options: TimelineItemsOptions,
): ((window: TimelineWindow) => TimelineItem[]) => {
  const { room, me, logs, clock, person, author, holder, outgoing, annotated, quotes } = options
  const accountOf = (device: DeviceId): AccountId => author(device).id

  /** What is said in a window is asked for whenever anything in it changes. */
  const known = new WeakMap<Bytes, { content: MessageContent | undefined }>()
  const contentOf = ({ body }: ReadEntry): MessageContent | undefined => {
    if (!body) return undefined
    const read = known.get(body) ?? { content: parseMessage(body) }
    known.set(body, read)
    return read.content
  }

  const messages = ({ entries, holdersOf }: TimelineWindow): TimelineItem[] => {
    const named = new Map(entries.map((entry) => [nameOfKey(entry.key), entry]))
    return entries.flatMap((entry): TimelineItem[] => {
      const name = nameOfKey(entry.key)
      const place = { key: outgoing.firstNameOf(name) ?? name, ms: entry.key.ms }
      if (entry.erasedBy !== undefined)
        return [{ type: 'erased', ...place, author: author(entry.author), by: author(entry.erasedBy) }]
      const content = entry.kind === entryKinds.message ? contentOf(entry) : undefined
      if (!content) return []
      const isMine = author(entry.author).isMe
      const message: Omit<MessageItem, 'author'> = {
        type: 'message',
        ...place,
        ...shownNow(entry, content),
        ...quoteOf(content, named),
        mayErase: logs.mayErase(room, entry.author),
        ...(isMine && !content.poll && { mayEdit: true }),
      }
      // What one wrote on another device of one's own is in that device's care.
      if (entry.author !== me) return [{ ...message, author: author(entry.author) }]
      const held = holdersOf.get(name) ?? []
      return [{ ...message, author: author(me), delivery: deliveryOf(entry, held) }]
    })
  }

  const deliveryOf = ({ key }: ReadEntry, held: readonly DeviceId[]): Delivery => {
    if (held.length === 0) return { status: 'onlyHere' }
    const holders = held.map((device) => holder(device))
    const readers = options.readersOf(key, held)
    return readers.length > 0 ? { status: 'read', readers, holders } : { status: 'onDevices', holders }
  }

  const shownNow = (entry: ReadEntry, content: MessageContent) => {
    const { key } = entry
    const about = { author: accountOf(entry.author), ms: key.ms, annotated: annotated.of(key) }
    return showMessage(content, about, person)
  }

  /** The message that another answers: from the window, else from further back. */
  const quoteOf = (
    { replyTo }: MessageContent,
    named: ReadonlyMap<string, ReadEntry>,
  ): Pick<MessageItem, 'replyTo'> => {
    if (!replyTo) return {}
    const name = nameOfKey(replyTo)
    const key = outgoing.firstNameOf(name) ?? name
    const entry = named.get(name) ?? quotes.find(replyTo)
    const content = entry?.kind === entryKinds.message ? contentOf(entry) : undefined
    if (!entry || !content) return { replyTo: { key, ...(entry && { author: author(entry.author) }) } }
    return { replyTo: { key, author: author(entry.author), text: shownNow(entry, content).text } }
  }

  const calls = ({ entries }: TimelineWindow): TimelineItem[] =>
    foldCallLines(
      entries.flatMap(({ kind, key, author: device, body }) => {
        const summary = kind === entryKinds.call ? parseCallSummary(body) : undefined
        return summary ? [{ key, writer: author(device).id, summary }] : []
      }),
    ).map(({ key, summary: { by, outcome, durationMs, hadVideo, tookPart, called } }) => ({
      type: 'call',
      key: nameOfKey(key),
      ms: key.ms,
      by: person(by),
      outcome,
      durationMs,
      hadVideo,
      tookPart: tookPart.map(person),
      called: called.map(person),
    }))

  const waiting = ({ entries }: TimelineWindow): TimelineItem[] => {
    const named = new Map(entries.map((entry) => [nameOfKey(entry.key), entry]))
    return outgoing.list().map(({ name, ms, content, problem }) => ({
      type: 'message',
      key: name,
      // A wrong clock elsewhere may have put messages ahead of ours; one's own newest still stands last.
      ms: Math.max(ms, entries.at(-1)?.key.ms ?? 0),
      author: author(me),
      ...showMessage(content, { author: accountOf(me), ms, annotated: undefined }, person),
      ...quoteOf(content, named),
      delivery: problem ? { status: 'failed', problem } : { status: 'saving' },
    }))
  }

  const events = ({ entries, hasOlder }: TimelineWindow): TimelineItem[] => {
    const from = hasOlder ? (entries[0]?.key.ms ?? Infinity) : -Infinity
    const ofRoom = options.rooms.get().get(room)?.events ?? []
    // P6. Its author's clock may be anything.
    const forks = logs
      .forksIn(room)
      .map((fork) => ({ ...fork, ms: Math.min(fork.ms, clock.now()) }))
      .filter(({ ms }) => ms >= from)
      .map(({ page, feed, ms, device }): TimelineItem => {
        return { type: 'event', key: `fork-${page}-${feed}`, ms, person: author(device), event: 'forked' }
      })
    const happened = ofRoom
      .filter((event) => event.ms >= from)
      .map(({ key, ms, account, type, by, name, keep, topic }): TimelineItem => ({
        type: 'event',
        key,
        ms,
        person: person(account),
        event: type,
        ...(by !== undefined && { by: person(by) }),
        ...(name !== undefined && { name }),
        ...(keep !== undefined && { keep }),
        ...(topic !== undefined && { topic }),
      }))
    return [...happened, ...forks]
  }

  return (window) =>
    [...messages(window), ...calls(window), ...waiting(window), ...events(window)].sort(
      (left, right) => left.ms - right.ms,
    )
}
