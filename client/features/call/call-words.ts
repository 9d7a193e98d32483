import type { EndReason } from '../../core/call/call-state.ts'
import type { CallView } from '../../core/call/call-view.ts'
import type { Called } from '../../core/call/words.ts'
import type { LineQuality } from '../call-stage.ts'

/** What calls say to people. */

const list = new Intl.ListFormat('en-GB')

/** "Anna, Bert and 2 others". */
export const nameList = (names: readonly string[], most = 3): string => {
  if (names.length <= most) return list.format(names)
  const left = names.length - most + 1
  return list.format([...names.slice(0, most - 1), `${left} others`])
}

export const askedWords: Readonly<Record<Called['state'], string>> = {
  ringing: 'Ringing…',
  answered: 'In the call',
  declined: 'Declined',
  busy: 'Busy in another call',
  missed: 'No answer',
}

/** ux 30: in words, for who is asked about. */
export const qualityWords = (quality: LineQuality | undefined): string => {
  if (quality === undefined) return 'Not measured yet'
  const word = { good: 'good', fair: 'fair', poor: 'weak', lost: 'nothing comes' }[quality.word]
  return `${quality.isRelayed ? 'Relayed' : 'Direct'}, ${word}`
}

export const delayWords = ({ rttMs }: LineQuality): string | undefined =>
  rttMs === undefined ? undefined : `${Math.round(rttMs)} ms`

export const lossWords = ({ lossPerMille }: LineQuality): string | undefined =>
  lossPerMille === undefined ? undefined : `${(lossPerMille / 10).toFixed(lossPerMille < 100 ? 1 : 0)} %`

export interface EndingNotice {
  words: string
  /** What whoever declined has said. */
  text?: string
  callAgain?: 'Call again' | 'Call back' | 'Join again'
}

const endings: Readonly<Record<EndReason, EndingNotice | undefined>> = {
  hungUp: { words: 'The call is over.' },
  declined: { words: 'Declined.', callAgain: 'Call again' },
  missed: { words: 'No answer.', callAgain: 'Call again' },
  busy: { words: 'Busy in another call.', callAgain: 'Call again' },
  failed: { words: 'The connection was lost.', callAgain: 'Call again' },
  answeredElsewhere: { words: 'Answered on another device.' },
  full: { words: 'The call is full: eight devices are in it.', callAgain: 'Join again' },
  removed: { words: 'You are not in this room any more.' },
}

/** What it says for a moment when a call is over; nothing where whoever looks has just done it themselves. */
export const endingNotice = (
  before: CallView['status'],
  { reason, text }: { reason: EndReason; text: string },
  hungUpHere: boolean,
): EndingNotice | undefined => {
  if (hungUpHere && reason !== 'full') return undefined
  if (before === 'ringingIn') {
    if (reason === 'declined' || reason === 'hungUp') return undefined
    if (reason === 'missed') return { words: 'Missed call.', callAgain: 'Call back' }
  }
  const notice = endings[reason]
  return notice && text !== '' ? { ...notice, text } : notice
}

/** How long it stays: what can be pressed or must be read, longer. */
export const noticeMs = ({ callAgain, text }: EndingNotice): number =>
  callAgain === undefined && text === undefined ? 4_000 : 12_000

/** "0:07", "12:30", "1:02:03". */
export const clockWords = (ms: number): string => {
  const seconds = Math.max(Math.floor(ms / 1_000), 0)
  const pad = (part: number) => String(part).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}

/** What a screen reader is told of who came and went (ux 36). */
export const comingsAndGoings = (before: readonly string[], now: readonly string[]): string => {
  const came = now.filter((name) => !before.includes(name))
  const went = before.filter((name) => !now.includes(name))
  return [
    ...(came.length > 0 ? [`${nameList(came)} came into the call`] : []),
    ...(went.length > 0 ? [`${nameList(went)} left the call`] : []),
  ].join('. ')
}

/** Ready words for who cannot come now. */
export const declineTexts = [
  'I’ll call you back in a few minutes.',
  'I can’t talk now. Is it urgent?',
  'Please write to me.',
] as const

export const newIdentityWarning = (name: string): string =>
  `${name} has come in with a new identity. Make sure that it is really them before you say anything that matters.`
