import { shallowRef } from 'vue'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { LogId } from '../../core/ports.ts'
import type { SearchQuery } from '../../core/search/query.ts'

/** What stands in the fields. Days as `2026-11-26`, empty where none is chosen. */
export interface Asked {
  words: string
  from: AccountId | ''
  room: LogId | ''
  afterDay: string
  beforeDay: string
  hasLink: boolean
}

export const nothingAsked: Asked = {
  words: '',
  from: '',
  room: '',
  afterDay: '',
  beforeDay: '',
  hasLink: false,
}

/** Outlives the window, so that Back from a message leads to what was found. It is in no history: that is kept on the disk. */
export const asked = shallowRef<Asked>(nothingAsked)

/** The first moment of a day where the reader is, or of one `daysLater`; undefined for no day. */
const beginningOf = (day: string, daysLater: number): number | undefined => {
  const parts = /^(\d{4,6})-(\d\d)-(\d\d)$/u.exec(day)?.slice(1).map(Number)
  const [year = 0, month = 1, date = 1] = parts ?? []
  return parts && new Date(year, month - 1, date + daysLater).getTime()
}

export const queryOf = (
  { words, from, room, afterDay, beforeDay, hasLink }: Asked,
  limit: number,
): SearchQuery => {
  const afterMs = beginningOf(afterDay, 0)
  const beforeMs = beginningOf(beforeDay, 1)
  return {
    words,
    limit,
    ...(from !== '' && { from }),
    ...(room !== '' && { room }),
    ...(afterMs !== undefined && { afterMs }),
    ...(beforeMs !== undefined && { beforeMs }),
    ...(hasLink && { hasLink }),
  }
}
