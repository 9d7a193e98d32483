import { formatNumber, locale, type WordKey } from '../../ui/language/language.ts'
import type { CallItem } from './arrange.ts'
import type { Sentence } from './sentence.ts'

/** A line about a call. */
export interface CallWords {
  sentence: Sentence
  /** The one who looks was called and did not come. */
  isMissed: boolean
}

/** One line of a room's history about a call that is over (C6, ux 26), as the one who looks would say it. */
export const describeCall = ({
  by,
  outcome,
  durationMs,
  hadVideo,
  tookPart,
  called,
}: CallItem): CallWords => {
  if (outcome === 'answered') {
    const wasThere = tookPart.some(({ isMe }) => isMe)
    const isMissed = !wasThere && called.some(({ isMe }) => isMe)
    const duration = durationWords(durationMs)
    if (isMissed)
      return { sentence: { key: 'chat.call.missedLasted', parts: { whom: by.name, duration } }, isMissed }
    const key = hadVideo ? 'chat.call.lastedVideo' : 'chat.call.lasted'
    return { sentence: { key, parts: { duration } }, isMissed }
  }
  if (!by.isMe) return { sentence: { key: 'chat.call.missed', parts: { whom: by.name } }, isMissed: true }
  return { sentence: { key: unanswered[outcome], parts: {} }, isMissed: false }
}

const unanswered = {
  missed: 'chat.call.noAnswer',
  declined: 'chat.call.declined',
  busy: 'chat.call.busy',
  empty: 'chat.call.empty',
} as const satisfies Record<Exclude<CallItem['outcome'], 'answered'>, WordKey>

/** In whole minutes, but for what is shorter. */
export const durationWords = (ms: number): string => {
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return count(seconds, 'second')
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return count(minutes, 'minute')
  const rest = minutes % 60
  const hours = count(Math.floor(minutes / 60), 'hour')
  if (rest === 0) return hours
  return new Intl.ListFormat(locale.value, { type: 'unit', style: 'narrow' }).format([
    hours,
    count(rest, 'minute'),
  ])
}

/** Browsers know how each language counts them. */
const count = (number: number, unit: 'second' | 'minute' | 'hour'): string =>
  formatNumber(number, { style: 'unit', unit, unitDisplay: 'long' })
