import type { Clock } from '../../core/ports.ts'
import { readStatsReport, type LineCounts, type StatsSample } from './stats-report.ts'

/** How the media of one Link fares. What the browser does not tell is undefined; the two browsers tell different things. */
export interface LinkMediaStats {
  rttMs: number | undefined
  /** Over a relay (TURN) at either end. */
  isRelayed: boolean | undefined
  /** What the sender's own estimate allows it, bits a second. */
  availableOutgoingBitrate: number | undefined
  /** Of all lines together, bits a second. */
  bitrateIn: number | undefined
  bitrateOut: number | undefined
  /** The part that got lost, 0 to 1: as counted here, and as the other side reports it. */
  lossIn: number | undefined
  lossOut: number | undefined
  /** Of the video that comes: all frames so far, and how high they are now, of the largest line. */
  framesDecoded: number | undefined
  frameHeight: number | undefined
  /** Why the browser sends its video smaller than it was given: the worst of its lines. */
  qualityLimitationReason: 'none' | 'cpu' | 'bandwidth' | 'other' | undefined
}

/** One who remembers what was counted when somebody asked last. */
export interface MediaStats {
  read(report: unknown): LinkMediaStats
}

const sum = (counts: readonly LineCounts[], of: keyof LineCounts): number | undefined => {
  const told = counts.flatMap((count) => count[of] ?? [])
  return told.length === 0 ? undefined : told.reduce((total, value) => total + value, 0)
}

const grown = (now: number | undefined, before: number | undefined): number | undefined =>
  // Counters begin anew when a line does; a step back is then no step.
  now === undefined || before === undefined || now < before ? undefined : now - before

const bitrate = (bytes: number | undefined, ms: number): number | undefined =>
  bytes === undefined || ms <= 0 ? undefined : (bytes * 8 * 1000) / ms

const partOf = (lost: number | undefined, arrived: number | undefined): number | undefined => {
  if (lost === undefined || arrived === undefined || lost + arrived === 0) return undefined
  return lost / (lost + arrived)
}

/** The difference of two samples `ms` apart; without a first one, only what holds for a moment. */
const compare = (before: StatsSample | undefined, now: StatsSample, ms: number): LinkMediaStats => {
  const since = (direction: 'inbound' | 'outbound', of: keyof LineCounts): number | undefined =>
    before && grown(sum(now[direction], of), sum(before[direction], of))
  const { rttMs, isRelayed, availableOutgoingBitrate, framesDecoded, frameHeight } = now
  const reported = now.lossOut.filter((loss) => loss !== undefined)
  return {
    rttMs,
    isRelayed,
    availableOutgoingBitrate,
    framesDecoded,
    frameHeight,
    bitrateIn: bitrate(since('inbound', 'bytes'), ms),
    bitrateOut: bitrate(since('outbound', 'bytes'), ms),
    lossIn: partOf(since('inbound', 'packetsLost'), since('inbound', 'packets')),
    lossOut: reported.length === 0 ? undefined : Math.max(...reported),
    qualityLimitationReason: now.qualityLimitationReason,
  }
}

export const createMediaStats = (clock: Clock): MediaStats => {
  let last: { sample: StatsSample; atMs: number } | undefined
  return {
    read(report) {
      const sample = readStatsReport(report)
      const atMs = clock.now()
      const stats = compare(last?.sample, sample, last === undefined ? 0 : atMs - last.atMs)
      last = { sample, atMs }
      return stats
    },
  }
}
