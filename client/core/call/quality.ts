/** What is measured on the line to one device over the last few seconds. */
export interface LineStats {
  rttMs: number
  lossPerMille: number
  /** Nothing came for so long that something should have. */
  isSilent: boolean
  /** It goes by way of a relay (TURN). */
  isRelayed: boolean
}

/** ux 30: a line's quality in a word. */
export type QualityWord = 'good' | 'fair' | 'poor' | 'lost'

export interface Quality {
  word: QualityWord
  isRelayed: boolean
  /** A word that the last measurements say instead, and how many in a row. */
  next: { word: QualityWord; times: number } | undefined
}

/** How the line to a device fares, as a screen shows it (ux 30). What the browser does not tell is undefined. */
export interface LineQuality {
  word: QualityWord
  isRelayed: boolean
  rttMs: number | undefined
  /** 0 to 1,000. */
  lossPerMille: number | undefined
}

const ranks: Readonly<Record<QualityWord, number>> = { good: 0, fair: 1, poor: 2, lost: 3 }
/** Measurements in a row that it takes: a sign that comes and goes tells nobody anything. */
const timesToWorsen = 2
const timesToImprove = 4
/** It has become better only when it would be so with numbers this much worse. */
const improvement = 1.3

/** The next quality; undefined `before` at the first measurement, which is believed as it is. */
export const judgeQuality = (stats: LineStats, before?: Quality): Quality => {
  const { isRelayed } = stats
  const now = wordFor(stats, 1)
  if (!before) return { word: now, isRelayed, next: undefined }
  const isWorse = ranks[now] > ranks[before.word]
  const careful = wordFor(stats, improvement)
  const word = isWorse ? now : ranks[careful] < ranks[before.word] ? careful : before.word
  if (word === before.word) return { word, isRelayed, next: undefined }
  const sameSide = before.next && ranks[before.next.word] > ranks[before.word] === isWorse
  const times = sameSide ? (before.next?.times ?? 0) + 1 : 1
  const isBelieved = times >= (isWorse ? timesToWorsen : timesToImprove)
  return isBelieved
    ? { word, isRelayed, next: undefined }
    : { word: before.word, isRelayed, next: { word, times } }
}

const wordFor = ({ rttMs, lossPerMille, isSilent }: LineStats, factor: number): QualityWord => {
  if (isSilent) return 'lost'
  if (lossPerMille * factor >= 100 || rttMs * factor >= 700) return 'poor'
  return lossPerMille * factor >= 30 || rttMs * factor >= 300 ? 'fair' : 'good'
}
