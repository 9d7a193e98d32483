import type { DeviceId } from '../../../shared/identifiers.ts'
import { judgeQuality, type LineQuality, type Quality } from '../../core/call/quality.ts'
import type { QualityReport } from '../../core/call/words.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import { createValue, type Value } from '../../core/value.ts'
import type { MediaLines } from './media-lines.ts'
import type { LinkMediaStats } from './media-stats.ts'

/** What there is to send with, as measured over all Links (C4). */
export interface Uplink {
  uplinkBps: number
  cpu: 'fine' | 'limited'
}

export interface CallMeter {
  readonly quality: Value<ReadonlyMap<DeviceId, LineQuality>>
  close(): void
}

export interface CallMeterOptions {
  lines: () => ReadonlyMap<DeviceId, MediaLines>
  /** Whether something should come from there. */
  isSending: (device: DeviceId) => boolean
  clock: Clock
  onReport: (device: DeviceId, report: QualityReport) => void
  onUplink: (uplink: Uplink) => void
}

const measureEveryMs = 2_000
/** Where the browser does not estimate what it may send, and before it has. */
const assumedBps = 2_500_000
/** What is asked for beyond the estimate, which follows what is sent: without it a link that has become slow would stay so. */
const headroom = 1.3
/** An estimate says something only where that much of what it allows is used, or something got lost. */
const usedShare = 0.5

const perMille = (part: number | undefined): number | undefined =>
  part === undefined ? undefined : Math.round(part * 1_000)

/** What all Links together may carry. */
export const uplinkOf = (stats: readonly LinkMediaStats[]): Uplink => {
  const perLink = stats.map(({ availableOutgoingBitrate: estimate, bitrateOut = 0, lossOut = 0 }) => {
    if (estimate === undefined) return lossOut > 0.1 ? Math.max(bitrateOut, 64_000) : assumedBps
    const isTelling = bitrateOut > estimate * usedShare || lossOut > 0.02
    return isTelling ? estimate * headroom : Math.max(estimate * headroom, assumedBps)
  })
  return {
    uplinkBps: stats.length === 0 ? assumedBps : perLink.reduce((sum, bps) => sum + bps, 0),
    cpu: stats.some(({ qualityLimitationReason: why }) => why === 'cpu') ? 'limited' : 'fine',
  }
}

/** Measures the lines of a call every two seconds, from now until it is closed. */
export const createCallMeter = (options: CallMeterOptions): CallMeter => {
  const { lines, isSending, clock, onReport, onUplink } = options
  const quality = createValue<ReadonlyMap<DeviceId, LineQuality>>(new Map())
  const judged = new Map<DeviceId, Quality>()
  let isClosed = false
  let timer: Timer | undefined

  const judge = (device: DeviceId, stats: LinkMediaStats): LineQuality => {
    const lossPerMille = perMille(stats.lossIn)
    const now = judgeQuality(
      {
        rttMs: stats.rttMs ?? 0,
        lossPerMille: lossPerMille ?? 0,
        isSilent: isSending(device) && stats.bitrateIn === 0,
        isRelayed: stats.isRelayed ?? false,
      },
      judged.get(device),
    )
    judged.set(device, now)
    return { word: now.word, isRelayed: now.isRelayed, rttMs: stats.rttMs, lossPerMille }
  }

  const measure = async (): Promise<void> => {
    const now = lines()
    const read = await Promise.all(
      [...now].map(async ([device, each]) => ({ device, stats: await each.stats() })),
    )
    if (isClosed) return
    const measured = new Map<DeviceId, LineQuality>()
    for (const { device, stats } of read) {
      if (stats === undefined) continue
      const line = judge(device, stats)
      measured.set(device, line)
      onReport(device, { rttMs: line.rttMs ?? 0, lossPerMille: line.lossPerMille ?? 0 })
    }
    for (const device of [...judged.keys()]) if (!now.has(device)) judged.delete(device)
    quality.set(measured)
    onUplink(uplinkOf(read.flatMap(({ stats }) => stats ?? [])))
  }

  const goOn = (): void => {
    measure()
      // A connection that closes meanwhile has nothing to tell.
      .catch(() => undefined)
      .finally(() => {
        if (!isClosed) timer = clock.setTimer(goOn, measureEveryMs)
      })
  }
  goOn()

  return {
    quality,
    close() {
      isClosed = true
      if (timer !== undefined) clock.clearTimer(timer)
      quality.set(new Map())
    },
  }
}
