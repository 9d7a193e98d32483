import type { LatestLine, Room, UnreadCount } from '../../core/hearth.ts'
import { describeOther } from '../other-words.ts'
import { otherIn } from '../room-people.ts'
import { plainText } from '../text/plain-text.ts'

/** What a row says below the room's name; `who` is set apart, since names and texts may read in different directions. */
export interface RowNote {
  who?: string
  text: string
}

/** As much of a text as fits into any line. */
const maxChars = 160

/** A text in one line. */
export const inOneLine = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ').trim()
  return line.length <= maxChars ? line : `${line.slice(0, maxChars).replace(/[\uD800-\uDBFF]$/u, '')}…`
}

const describePeople = (room: Room): string => {
  if (room.kind === 'direct') return describeOther(otherIn(room))
  if (room.isGeneral) return 'Everybody'
  return room.members.length === 1 ? '1 person' : `${room.members.length} people`
}

/** The last thing that happened there, or who is in it as long as nothing has. */
export const describeRoom = (
  room: Room,
  latest: LatestLine | undefined,
  { hasMissedCall }: UnreadCount,
): RowNote => {
  if (!latest) return { text: describePeople(room) }
  const { author } = latest
  switch (latest.type) {
    case 'call':
      return { text: author.isMe ? 'You called' : hasMissedCall ? 'Missed call' : 'Call' }
    case 'erased':
      return { text: 'A message was deleted' }
    case 'message': {
      const text = inOneLine(plainText(latest.text))
      if (author.isMe) return { who: 'You', text }
      return room.kind === 'direct' ? { text } : { who: author.name, text }
    }
  }
}

/** More than this is not counted (see `UnreadCount`). */
const mostCounted = 99
export const countUnread = ({ messages }: Pick<UnreadCount, 'messages'>): string =>
  messages > mostCounted ? `${mostCounted}+` : String(messages)

/** The marks of a row for who does not see them. */
export const describeMarks = (
  unread: UnreadCount,
  is: { isMuted: boolean; isPrivate: boolean; isFavourite: boolean },
): string => {
  const { messages, mentions, hasMissedCall } = unread
  return [
    messages > 0 && `${countUnread(unread)} unread ${messages === 1 ? 'message' : 'messages'}`,
    mentions > 0 && 'you are mentioned',
    hasMissedCall && 'missed call',
    is.isMuted && 'muted',
    is.isFavourite && 'favourite',
    is.isPrivate && 'private',
  ]
    .filter((part) => part !== false)
    .join(', ')
}
