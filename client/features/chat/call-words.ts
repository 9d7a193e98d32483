import type { CallItem } from './arrange.ts'

/** A line about a call, in pieces of which the name is set apart. */
export interface CallWords {
  did: string
  /** From whom; absent where that goes without saying. */
  whom?: string
  then?: string
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
  const kind = hadVideo ? 'Video call' : 'Call'
  if (outcome === 'answered') {
    const wasThere = tookPart.some(({ isMe }) => isMe)
    const isMissed = !wasThere && called.some(({ isMe }) => isMe)
    const lasted = durationWords(durationMs)
    return isMissed
      ? { did: 'Missed call from', whom: by.name, then: `· ${lasted}`, isMissed }
      : { did: `${kind}, ${lasted}`, isMissed }
  }
  if (!by.isMe) return { did: 'Missed call from', whom: by.name, isMissed: true }
  return { did: unansweredWords[outcome], isMissed: false }
}

const unansweredWords = {
  missed: 'You called · No answer',
  declined: 'You called · Declined',
  busy: 'You called · Busy in another call',
  empty: 'You waited in a call',
} as const

/** In whole minutes, but for what is shorter. */
export const durationWords = (ms: number): string => {
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return count(seconds, 'second')
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return count(minutes, 'minute')
  const rest = minutes % 60
  const hours = count(Math.floor(minutes / 60), 'hour')
  return rest === 0 ? hours : `${hours} ${count(rest, 'minute')}`
}

const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`
