import * as v from 'valibot'
import type { LinkMediaStats } from './media-stats.ts'

/** What one line has counted so far. */
export interface LineCounts {
  bytes: number | undefined
  packets: number | undefined
  packetsLost: number | undefined
}

/** What a report says of this moment. */
export interface StatsSample extends Pick<
  LinkMediaStats,
  | 'rttMs'
  | 'isRelayed'
  | 'availableOutgoingBitrate'
  | 'framesDecoded'
  | 'frameHeight'
  | 'qualityLimitationReason'
> {
  inbound: readonly LineCounts[]
  outbound: readonly LineCounts[]
  /** Of each line, as the other side reports it. */
  lossOut: readonly (number | undefined)[]
}

const number = v.fallback(v.optional(v.pipe(v.number(), v.finite())), undefined)
const text = v.fallback(v.optional(v.string()), undefined)
const flag = v.fallback(v.optional(v.boolean()), undefined)

const reasons = ['none', 'other', 'bandwidth', 'cpu'] as const

/** Any row of a report: of what it has, what is a number or a text as it should be. */
const rowSchema = v.object({
  id: v.string(),
  type: v.string(),
  localCandidateId: text,
  remoteCandidateId: text,
  selectedCandidatePairId: text,
  candidateType: text,
  usernameFragment: text,
  state: text,
  nominated: flag,
  /** Firefox's own word for the pair in use. */
  selected: flag,
  currentRoundTripTime: number,
  availableOutgoingBitrate: number,
  roundTripTime: number,
  fractionLost: number,
  bytesReceived: number,
  packetsReceived: number,
  packetsLost: number,
  bytesSent: number,
  packetsSent: number,
  framesDecoded: number,
  frameHeight: number,
  kind: text,
  qualityLimitationReason: v.fallback(v.optional(v.picklist(reasons)), undefined),
})
type Row = v.InferOutput<typeof rowSchema>

const maxRows = 1_000

const rowsOf = (report: unknown): readonly Row[] => {
  if (!(report instanceof Map) && !isMapLike(report)) return []
  const rows: Row[] = []
  report.forEach((value: unknown) => {
    const parsed = rows.length < maxRows ? v.safeParse(rowSchema, value) : undefined
    if (parsed?.success === true) rows.push(parsed.output)
  })
  return rows
}

/** An RTCStatsReport is a Map in all but its class. */
const isMapLike = (report: unknown): report is { forEach(visit: (value: unknown) => void): void } =>
  typeof report === 'object' && report !== null && 'forEach' in report && typeof report.forEach === 'function'

/** The pair of candidates in use: Chromium's transport names it, Firefox marks it. */
const pairInUse = (rows: readonly Row[]): Row | undefined => {
  const named = rows.find(({ type }) => type === 'transport')?.selectedCandidatePairId
  const pairs = rows.filter(({ type }) => type === 'candidate-pair')
  return (
    pairs.find(({ id }) => id === named) ??
    pairs.find(({ selected }) => selected === true) ??
    pairs.find(({ state, nominated }) => state === 'succeeded' && nominated === true)
  )
}

const highest = (numbers: readonly (number | undefined)[]): number | undefined => {
  const told = numbers.filter((each) => each !== undefined)
  return told.length === 0 ? undefined : Math.max(...told)
}

const isRelayedBy = (rows: readonly Row[], pair: Row | undefined): boolean | undefined => {
  if (pair === undefined) return undefined
  return rows.some(
    ({ id, candidateType }) =>
      candidateType === 'relay' && (id === pair.localCandidateId || id === pair.remoteCandidateId),
  )
}

/** The ICE name of the other side's end of the way in use; undefined where the browser does not tell (Firefox). */
export const readRemoteUfrag = (report: unknown): string | undefined => {
  const rows = rowsOf(report)
  const pair = pairInUse(rows)
  return rows.find(({ id }) => id === pair?.remoteCandidateId)?.usernameFragment
}

/** Takes what is needed out of an RTCStatsReport, of either browser; anything else is an empty sample. */
export const readStatsReport = (report: unknown): StatsSample => {
  const rows = rowsOf(report)
  const ofType = (wanted: string): Row[] => rows.filter(({ type }) => type === wanted)
  const pair = pairInUse(rows)
  const inbound = ofType('inbound-rtp')
  const outbound = ofType('outbound-rtp')
  const heard = ofType('remote-inbound-rtp')
  const video = inbound.filter(({ kind }) => kind === 'video')
  const decoded = video.flatMap(({ framesDecoded }) => framesDecoded ?? [])
  const worst = Math.max(
    ...outbound.map(({ qualityLimitationReason: reason }) => (reason ? reasons.indexOf(reason) : -1)),
  )
  // Firefox gives a pair's round trip only lately, but every line's.
  const rtt = pair?.currentRoundTripTime ?? highest(heard.map(({ roundTripTime }) => roundTripTime))
  return {
    rttMs: rtt === undefined ? undefined : rtt * 1000,
    isRelayed: isRelayedBy(rows, pair),
    availableOutgoingBitrate: pair?.availableOutgoingBitrate,
    framesDecoded: decoded.length === 0 ? undefined : decoded.reduce((total, frames) => total + frames, 0),
    frameHeight: highest(video.map(({ frameHeight }) => frameHeight)),
    qualityLimitationReason: reasons[worst],
    inbound: inbound.map(({ bytesReceived, packetsReceived, packetsLost }) => ({
      bytes: bytesReceived,
      packets: packetsReceived,
      packetsLost,
    })),
    outbound: outbound.map(({ bytesSent, packetsSent }) => ({
      bytes: bytesSent,
      packets: packetsSent,
      packetsLost: undefined,
    })),
    lossOut: heard.map(({ fractionLost }) => fractionLost),
  }
}
