import type { Room } from '../../core/hearth.ts'
import { t } from '../../ui/language/language.ts'
import { plainText } from '../text/plain-text.ts'
import type { Arrival } from './arrivals.ts'
import type { NotifyContent } from './notify-settings.ts'

/** A notification of the system, in words. */
export interface NoticeWords {
  title: string
  body: string
}

/** As much as any system shows. */
const maxChars = 240

const bodyOf = ({ type, text: written }: Arrival): string => {
  if (type === 'missedCall') return t('notify.notice.missedCall')
  const text = plainText(written)
  return text.length <= maxChars ? text : `${text.slice(0, maxChars).replace(/[\uD800-\uDBFF]$/u, '')}…`
}

/** Not more of it than its person wants on the screen of a locked device. */
export const noticeWords = (
  arrival: Arrival,
  room: Pick<Room, 'kind' | 'name'>,
  content: NotifyContent,
): NoticeWords => {
  const { author, type } = arrival
  const title = room.kind === 'direct' ? author.name : `${author.name} · ${room.name}`
  switch (content) {
    case 'text':
      return { title, body: bodyOf(arrival) }
    case 'name':
      return {
        title,
        body: type === 'missedCall' ? t('notify.notice.missedCall') : t('notify.notice.message'),
      }
    case 'nothing':
      return { title: 'Hearth', body: t('notify.notice.something') }
  }
}
