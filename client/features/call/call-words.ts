import type { EndReason } from '../../core/call/call-state.ts'
import type { CallView } from '../../core/call/call-view.ts'
import type { Called } from '../../core/call/words.ts'
import { formatNumber, listed, t, tCount, type WordKey } from '../../ui/language/language.ts'
import type { LineQuality } from '../call-stage.ts'

/** What calls say to people. */

/** "Anna, Bert and 2 others". */
export const nameList = (names: readonly string[], most = 3): string => {
  if (names.length <= most) return listed(names)
  const left = names.length - most + 1
  return listed([...names.slice(0, most - 1), tCount('call.others', left)])
}

/** "Anna and Bert are calling". */
export const callingWords = (names: readonly string[]): string =>
  tCount('call.ring.calling', names.length, { names: nameList(names) })

const asked = {
  ringing: 'call.asked.ringing',
  answered: 'call.asked.answered',
  declined: 'call.asked.declined',
  busy: 'call.asked.busy',
  missed: 'call.asked.missed',
} as const satisfies Record<Called['state'], WordKey>

/** What has become of somebody who is called. */
export const askedWords = (state: Called['state']): string => t(asked[state])

const direct = {
  good: 'call.line.directGood',
  fair: 'call.line.directFair',
  poor: 'call.line.directWeak',
  lost: 'call.line.directLost',
} as const satisfies Record<LineQuality['word'], WordKey>

const relayed = {
  good: 'call.line.relayedGood',
  fair: 'call.line.relayedFair',
  poor: 'call.line.relayedWeak',
  lost: 'call.line.relayedLost',
} as const satisfies Record<LineQuality['word'], WordKey>

/** ux 30: in words, for who is asked about. */
export const qualityWords = (quality: LineQuality | undefined): string => {
  if (quality === undefined) return t('call.line.unmeasured')
  return t((quality.isRelayed ? relayed : direct)[quality.word])
}

export const delayWords = ({ rttMs }: LineQuality): string | undefined =>
  rttMs === undefined
    ? undefined
    : t('call.line.milliseconds', { ms: formatNumber(Math.round(rttMs), { useGrouping: false }) })

/** @param percent 0 to 100; @param digits after the comma */
export const percentWords = (percent: number, digits = 0): string =>
  t('call.percent', {
    percent: formatNumber(percent, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  })

export const lossWords = ({ lossPerMille }: LineQuality): string | undefined =>
  lossPerMille === undefined ? undefined : percentWords(lossPerMille / 10, lossPerMille < 100 ? 1 : 0)

export interface EndingNotice {
  words: string
  /** What whoever declined has said. */
  text?: string
  /** What to press for another try. */
  callAgain?: string
}

const endings: Readonly<Record<EndReason, { words: WordKey; callAgain?: WordKey }>> = {
  hungUp: { words: 'call.ended.hungUp' },
  declined: { words: 'call.ended.declined', callAgain: 'call.ended.callAgain' },
  missed: { words: 'call.ended.noAnswer', callAgain: 'call.ended.callAgain' },
  busy: { words: 'call.ended.busy', callAgain: 'call.ended.callAgain' },
  failed: { words: 'call.ended.failed', callAgain: 'call.ended.callAgain' },
  answeredElsewhere: { words: 'call.ended.answeredElsewhere' },
  full: { words: 'call.ended.full', callAgain: 'call.ended.joinAgain' },
  removed: { words: 'call.ended.removed' },
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
    if (reason === 'missed') return { words: t('call.ended.missed'), callAgain: t('call.ended.callBack') }
  }
  const { words, callAgain } = endings[reason]
  return {
    words: t(words),
    ...(callAgain && { callAgain: t(callAgain) }),
    ...(text !== '' && { text }),
  }
}

/** How long it stays: what can be pressed or must be read, longer. */
export const noticeMs = ({ callAgain, text }: EndingNotice): number =>
  callAgain === undefined && text === undefined ? 4_000 : 12_000

/** "0:07", "12:30", "1:02:03". */
export const clockWords = (ms: number): string => {
  const seconds = Math.max(Math.floor(ms / 1_000), 0)
  const pad = (part: number) => formatNumber(part, { minimumIntegerDigits: 2 })
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${formatNumber(h)}:${pad(m)}:${pad(s)}` : `${formatNumber(m)}:${pad(s)}`
}

const moves = { came: 'call.news.came', left: 'call.news.left' } as const satisfies Record<string, WordKey>

const movedWords = (move: keyof typeof moves, names: readonly string[]): string =>
  names.length === 0 ? '' : tCount(moves[move], names.length, { names: nameList(names) })

/** What a screen reader is told of who came and went (ux 36). */
export const comingsAndGoings = (before: readonly string[], now: readonly string[]): string => {
  const came = movedWords(
    'came',
    now.filter((name) => !before.includes(name)),
  )
  const left = movedWords(
    'left',
    before.filter((name) => !now.includes(name)),
  )
  return came !== '' && left !== '' ? t('call.news.both', { came, left }) : came || left
}

/** Ready words for who cannot come now. */
export const declineTexts = [
  'call.decline.later',
  'call.decline.urgent',
  'call.decline.write',
] as const satisfies readonly WordKey[]

export const newIdentityWarning = (name: string): string => t('call.newIdentity', { name })
