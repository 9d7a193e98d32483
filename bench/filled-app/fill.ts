import type { Device } from '../../client/core/identity/device.ts'
import { encodeRuns } from '../../client/core/log/append-update.ts'
import { entryKinds, type EntryKind } from '../../client/core/log/entry.ts'
import { appendEntry } from '../../client/core/log/feed.ts'
import { createHybridClock } from '../../client/core/log/hybrid-clock.ts'
import type { FeedHead, FeedId, LogId, PagePosition, TimelineKey } from '../../client/core/ports.ts'
import { encodeAnnotation, type Annotation } from '../../client/core/room/annotation-body.ts'
import { encodeMessage } from '../../client/core/room/message-body.ts'
import { browserClock } from '../../client/net/browser-clock.ts'
import { logLimits } from '../../shared/limits.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import { must, mustHave } from '../built-page/must.ts'
import { createHistory, people, type FamilyMessage } from '../history/family-history.ts'
import { bringRelatives } from './bring-relatives.ts'
import { lineOf } from './lines.ts'
import { openKept, type Kept } from './open-kept.ts'

/**
 * Writes a long history into the rooms that a person has here, with the app's own code: every message sealed, signed and linked to the one
 * before, in the app's pages and its database. Only many at once: saying them one by one would wait for the disk at each.
 */
const messagesPerWrite = 512
const betweenMessagesMs = 5 * 60_000
/** What is said after a history is all newer than it. */
const betweenNewMs = 1

/** What a room is to have more. */
export interface RoomWish {
  room: string
  count: number
  /** How many it has from a filling before. */
  from?: number
  /** `lines`: plain texts of who is here. `family`: many people, languages and lengths, with edits and reactions (`history/family-history.ts`). */
  talk: 'lines' | 'family'
}

/** How much was written. */
export interface Filled {
  count: number
  /** Of the entries themselves, as they stand in a feed's array. */
  entryBytes: number
}

/** Where the next messages go: the room's newest page. */
interface Place {
  log: LogId
  page: number
  messageCount: number
}

/** When the first of some messages was said, and how long after it each next one. */
interface Times {
  firstMs: number
  stepMs: number
}

/** Entries to be written at once, at the ends of their devices' feeds. */
const createBatch = ({ hearth }: Kept, { log, page }: Place, before: readonly FeedHead[]) => {
  const { genesis, bodies } = hearth.family
  const heads = new Map(before.map((head) => [head.feed, head]))
  const runs = new Map<FeedId, { feed: FeedId; clock: number; elements: Uint8Array[] }>()
  const timeline: TimelineKey[] = []
  let ms = 0
  const time = createHybridClock({ ...browserClock, now: () => ms })
  return {
    runs,
    heads,
    timeline,
    async append(device: Device, atMs: number, kind: EntryKind, plaintext: Bytes): Promise<PagePosition> {
      const { feed } = device
      ms = atMs
      const appended = await appendEntry(bodies, {
        place: { group: genesis.group, log, page },
        device,
        head: heads.get(feed),
        kind,
        time: time.next(),
        plaintext,
      })
      const { element, entry, head } = mustHave(appended)
      heads.set(feed, head)
      const run = runs.get(feed) ?? { feed, clock: entry.seq, elements: [] }
      run.elements.push(element)
      runs.set(feed, run)
      if (kind === entryKinds.message) timeline.push({ ...entry.time, feed, page, seq: entry.seq })
      return { feed, seq: entry.seq }
    },
  }
}

/** Answers the bytes of the entries. */
const writeSome = async (
  kept: Kept,
  devices: readonly Device[],
  place: Place,
  messages: readonly FamilyMessage[],
  { firstMs, stepMs }: Times,
): Promise<number> => {
  const { store } = kept
  const { log, page, messageCount } = place
  const batch = createBatch(kept, place, (await store.loadPage(log, page))?.heads ?? [])
  const deviceOf = (author: number) => must(devices[author % devices.length], 'device')
  for (const [index, { author, text, edited, reactions }] of messages.entries()) {
    const ms = firstMs + index * stepMs
    const say = (by: number, kind: EntryKind, plaintext: Bytes) =>
      batch.append(deviceOf(by), ms, kind, plaintext)
    const annotate = (by: number, annotation: Annotation) =>
      say(by, entryKinds.annotation, mustHave(encodeAnnotation(annotation)))
    const target = await say(author, entryKinds.message, mustHave(encodeMessage({ text })))
    if (edited !== undefined) await annotate(author, { type: 'edit', target, content: { text: edited } })
    for (const { author: by, emoji } of reactions) await annotate(by, { type: 'reaction', target, emoji })
  }
  const runs = [...batch.runs.values()]
  const written = await store.write({
    log,
    page,
    update: encodeRuns(runs),
    heads: runs.map(({ feed }) => must(batch.heads.get(feed), 'head')),
    messageCount: messageCount + messages.length,
    timeline: batch.timeline,
    durability: 'relaxed',
  })
  mustHave(written)
  return runs.flatMap(({ elements }) => elements).reduce((sum, { length }) => sum + length, 0)
}

const createLines = (room: string, from: number): (() => FamilyMessage) => {
  let index = from
  return () => ({ author: 0, text: lineOf(room, index++), reactions: [] })
}

/** Writes messages into a room in which nobody else has said anything; fewer, where the time is up before. */
const fillRoom = async (
  kept: Kept,
  { room, count, from = 0, talk }: RoomWish,
  untilMs: number,
): Promise<Filled> => {
  const { id } = must(
    kept.hearth.rooms.get().find(({ name }) => name === room),
    room,
  )
  const devices = talk === 'family' ? await bringRelatives(kept, people) : [kept.device]
  const next = talk === 'family' ? createHistory(room, count, from) : createLines(room, from)
  const nowMs = Date.now()
  const stepMs = from > 0 ? betweenNewMs : betweenMessagesMs
  let written = 0
  let entryBytes = 0
  while (written < count && performance.now() < untilMs) {
    const before = from + written
    const messageCount = before % logLimits.messagesPerPage
    const place = { log: id, page: Math.floor(before / logLimits.messagesPerPage), messageCount }
    const some = Math.min(messagesPerWrite, count - written, logLimits.messagesPerPage - messageCount)
    const messages = Array.from({ length: some }, next)
    const firstMs = nowMs - (count - written - 1) * stepMs
    entryBytes += await writeSome(kept, devices, place, messages, { firstMs, stepMs })
    written += some
  }
  return { count: written, entryBytes }
}

/** Answers how much was written into each room. */
const fill = async (wishes: readonly RoomWish[], atMostMs: number): Promise<Filled[]> => {
  const kept = await openKept()
  const untilMs = performance.now() + atMostMs
  const filled = []
  for (const wish of wishes) filled.push(await fillRoom(kept, wish, untilMs))
  await kept.close()
  return filled
}

declare global {
  interface Window {
    fillRooms?: typeof fill
  }
}
window.fillRooms = fill
