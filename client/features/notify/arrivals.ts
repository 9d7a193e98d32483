import type { LatestLine, UnreadCount } from '../../core/hearth.ts'
import type { LogId } from '../../core/ports.ts'

/** Something that came to a room just now, from somebody else. */
export interface Arrival {
  room: LogId
  type: 'message' | 'missedCall'
  author: LatestLine['author']
  /** Empty for a call. */
  text: string
  /** One is named in it, or in what came together with it. */
  isMention: boolean
}

/** The part of what the core tells that arrivals are seen in. */
export interface Seen {
  latest: ReadonlyMap<LogId, LatestLine>
  unread: ReadonlyMap<LogId, UnreadCount>
}

/** What was told of each room already. */
export interface Told {
  /** Nothing older than this is news: it is in the list when Hearth is opened. */
  sinceMs: number
  rooms: ReadonlyMap<LogId, { ms: number; mentions: number; hasMissedCall: boolean }>
}

export const toldNothing = (sinceMs: number): Told => ({ sinceMs, rooms: new Map() })

/**
 * What has come since it was looked last; one a room, with its newest. The two maps need not change together: what is there without being
 * unread yet waits. What takes its place before the newest (ux 15) is counted in the list only.
 */
export const findArrivals = (told: Told, { latest, unread }: Seen): { told: Told; arrivals: Arrival[] } => {
  const rooms = new Map<LogId, { ms: number; mentions: number; hasMissedCall: boolean }>()
  const arrivals: Arrival[] = []
  for (const [room, line] of latest) {
    const before = told.rooms.get(room) ?? { ms: told.sinceMs, mentions: 0, hasMissedCall: false }
    const { messages = 0, mentions = 0, hasMissedCall = false } = unread.get(room) ?? {}
    const type = typeOf(line, messages > 0, hasMissedCall && !before.hasMissedCall)
    const isNews = line.ms > before.ms && !line.author.isMe && type !== undefined
    if (isNews) {
      const isMention = mentions > before.mentions
      arrivals.push({ room, type, author: line.author, text: line.text, isMention })
    }
    rooms.set(room, {
      ms: isNews ? line.ms : before.ms,
      // What was not news keeps its right to be.
      mentions: isNews ? mentions : Math.min(before.mentions, mentions),
      hasMissedCall: isNews ? hasMissedCall : before.hasMissedCall && hasMissedCall,
    })
  }
  return { told: { sinceMs: told.sinceMs, rooms }, arrivals }
}

const typeOf = (
  { type }: LatestLine,
  hasUnread: boolean,
  isMissedCallNew: boolean,
): Arrival['type'] | undefined => {
  if (type === 'message' && hasUnread) return 'message'
  return type === 'call' && isMissedCallNew ? 'missedCall' : undefined
}
