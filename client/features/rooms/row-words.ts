import type { LatestLine, Room, UnreadCount } from '../../core/hearth.ts'
import { formatNumber, locale, t, tCount } from '../../ui/language/language.ts'
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
  if (room.isGeneral) return t('rooms.row.everybody')
  return tCount('rooms.people', room.members.length)
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
      if (author.isMe) return { text: t('rooms.row.youCalled') }
      return { text: hasMissedCall ? t('rooms.row.missedCall') : t('rooms.row.call') }
    case 'erased':
      return { text: t('rooms.row.erased') }
    case 'message': {
      const text = inOneLine(plainText(latest.text))
      if (author.isMe) return { who: t('rooms.row.you'), text }
      return room.kind === 'direct' ? { text } : { who: author.name, text }
    }
  }
}

/** More than this is not counted (see `UnreadCount`). */
const mostCounted = 99
export const countUnread = ({ messages }: Pick<UnreadCount, 'messages'>): string =>
  messages > mostCounted
    ? t('rooms.row.manyUnread', { n: formatNumber(mostCounted) })
    : formatNumber(messages)

/** The marks of a row for who does not see them. */
export const describeMarks = (
  unread: UnreadCount,
  is: { isMuted: boolean; isPrivate: boolean; isFavourite: boolean },
): string => {
  const { messages, mentions, hasMissedCall } = unread
  const marks = [
    messages > 0 && tCount('rooms.marks.unread', messages, { n: countUnread(unread) }),
    mentions > 0 && t('rooms.marks.mentioned'),
    hasMissedCall && t('rooms.marks.missedCall'),
    is.isMuted && t('rooms.marks.muted'),
    is.isFavourite && t('rooms.marks.favourite'),
    is.isPrivate && t('rooms.marks.private'),
  ].filter((part) => part !== false)
  return new Intl.ListFormat(locale.value, { type: 'unit' }).format(marks)
}
