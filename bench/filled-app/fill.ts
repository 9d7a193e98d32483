import { encodeAppend } from '../../client/core/log/append-update.ts'
import { entryKinds } from '../../client/core/log/entry.ts'
import { appendEntry } from '../../client/core/log/feed.ts'
import { createHybridClock } from '../../client/core/log/hybrid-clock.ts'
import type { LogId, TimelineKey } from '../../client/core/ports.ts'
import { encodeMessage } from '../../client/core/room/message-body.ts'
import { browserClock } from '../../client/net/browser-clock.ts'
import { logLimits } from '../../shared/limits.ts'
import { must, mustHave } from '../built-page/must.ts'
import { lineOf } from './lines.ts'
import { openKept, type Kept } from './open-kept.ts'

/**
 * Writes a long history into the rooms that a person has here, with the app's own code: every message sealed, signed and linked to the one
 * before, in the app's pages and its database. Only many at once: saying them one by one would wait for the disk at each.
 */
const messagesPerWrite = 512
const betweenMessagesMs = 5 * 60_000

/** The next message of this device, at the end of its feed in the room's newest page. */
interface Place {
  log: LogId
  page: number
  messageCount: number
}

const writeSome = async (
  { hearth, device, store }: Kept,
  { log, page, messageCount }: Place,
  lines: readonly string[],
  newestMs: number,
): Promise<void> => {
  const { genesis, bodies } = hearth.family
  const firstMs = newestMs - (lines.length - 1) * betweenMessagesMs
  let ms = firstMs
  const time = createHybridClock({ ...browserClock, now: () => ms })
  let head = (await store.loadPage(log, page))?.heads.find(({ feed }) => feed === device.feed)
  const first = head?.length ?? 0
  const elements: Uint8Array[] = []
  const timeline: TimelineKey[] = []
  for (const [index, line] of lines.entries()) {
    ms = firstMs + index * betweenMessagesMs
    const appended = await appendEntry(bodies, {
      place: { group: genesis.group, log, page },
      device,
      head,
      kind: entryKinds.message,
      time: time.next(),
      plaintext: mustHave(encodeMessage({ text: line })),
    })
    const { element, entry, head: next } = mustHave(appended)
    head = next
    elements.push(element)
    timeline.push({ ...entry.time, feed: device.feed, page, seq: entry.seq })
  }
  const written = await store.write({
    log,
    page,
    update: encodeAppend(device.feed, first, elements),
    heads: [must(head, 'head')],
    messageCount: messageCount + lines.length,
    timeline,
    durability: 'relaxed',
  })
  mustHave(written)
}

/** Writes `count` messages into an empty room; fewer, where the time is up before. Answers how many. */
const fillRoom = async (kept: Kept, room: string, count: number, untilMs: number): Promise<number> => {
  const { id } = must(
    kept.hearth.rooms.get().find(({ name }) => name === room),
    room,
  )
  const nowMs = Date.now()
  let written = 0
  while (written < count && performance.now() < untilMs) {
    const messageCount = written % logLimits.messagesPerPage
    const room_ = { log: id, page: Math.floor(written / logLimits.messagesPerPage), messageCount }
    const some = Math.min(messagesPerWrite, count - written, logLimits.messagesPerPage - messageCount)
    const lines = Array.from({ length: some }, (_, index) => lineOf(room, written + index))
    await writeSome(kept, room_, lines, nowMs - (count - written - some) * betweenMessagesMs)
    written += some
  }
  return written
}

/** Each room by its name, with how many messages it is to have. Answers how many each has in the end. */
const fill = async (
  wishes: readonly (readonly [room: string, count: number])[],
  atMostMs: number,
): Promise<number[]> => {
  const kept = await openKept()
  const untilMs = performance.now() + atMostMs
  const counts = []
  for (const [room, count] of wishes) counts.push(await fillRoom(kept, room, count, untilMs))
  await kept.close()
  return counts
}

declare global {
  interface Window {
    fillRooms?: typeof fill
  }
}
window.fillRooms = fill
