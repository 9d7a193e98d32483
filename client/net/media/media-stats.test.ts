import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFakeClock } from '../../core/testing/fake-clock.ts'
import { createMediaStats } from './media-stats.ts'

type Row = Record<string, unknown> & { id: string }
const reportOf = (...rows: Row[]): Map<string, Row> => new Map(rows.map((row) => [row.id, row]))

/** As Chromium 156 gives it, shortened. */
const chromium = (bytes: number, packets: number, lost: number) =>
  reportOf(
    { id: 'T01', type: 'transport', selectedCandidatePairId: 'CP2', dtlsState: 'connected' },
    { id: 'CP1', type: 'candidate-pair', state: 'succeeded', nominated: true, currentRoundTripTime: 0.5 },
    {
      id: 'CP2',
      type: 'candidate-pair',
      state: 'succeeded',
      nominated: true,
      localCandidateId: 'L1',
      remoteCandidateId: 'R1',
      currentRoundTripTime: 0.012,
      availableOutgoingBitrate: 1_864_000,
    },
    { id: 'L1', type: 'local-candidate', candidateType: 'host' },
    { id: 'R1', type: 'remote-candidate', candidateType: 'relay' },
    { id: 'IA', type: 'inbound-rtp', kind: 'audio', bytesReceived: 0, packetsReceived: 0, packetsLost: 0 },
    {
      id: 'IV1',
      type: 'inbound-rtp',
      kind: 'video',
      bytesReceived: bytes,
      packetsReceived: packets,
      packetsLost: lost,
      framesDecoded: 30,
      frameHeight: 240,
    },
    { id: 'IV2', type: 'inbound-rtp', kind: 'video', framesDecoded: 12, frameHeight: 720 },
    {
      id: 'OV1',
      type: 'outbound-rtp',
      kind: 'video',
      bytesSent: bytes * 2,
      qualityLimitationReason: 'bandwidth',
    },
    { id: 'OV2', type: 'outbound-rtp', kind: 'video', bytesSent: 0, qualityLimitationReason: 'none' },
    { id: 'RI1', type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.1, roundTripTime: 0.02 },
    { id: 'RI2', type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0 },
  )

/** As Firefox 153 gives it, shortened: the pair in use is marked, its round trip may be missing. */
const firefox = reportOf(
  { id: 'p1', type: 'candidate-pair', state: 'succeeded', nominated: false, selected: false },
  {
    id: 'p2',
    type: 'candidate-pair',
    state: 'succeeded',
    nominated: true,
    selected: true,
    localCandidateId: 'l',
    remoteCandidateId: 'r',
  },
  { id: 'l', type: 'local-candidate', candidateType: 'host' },
  { id: 'r', type: 'remote-candidate', candidateType: 'prflx' },
  { id: 'v', type: 'inbound-rtp', kind: 'video', bytesReceived: 10, framesDecoded: 5, frameHeight: 480 },
  { id: 'o', type: 'outbound-rtp', kind: 'video', bytesSent: 10 },
  { id: 'ri', type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0, roundTripTime: 0.003 },
)

test('Chromium: what holds now at once, rates from the second time on', async () => {
  const clock = createFakeClock()
  const stats = createMediaStats(clock)
  expect(stats.read(chromium(1_000, 100, 5))).toEqual({
    rttMs: 12,
    isRelayed: true,
    availableOutgoingBitrate: 1_864_000,
    framesDecoded: 42,
    frameHeight: 720,
    qualityLimitationReason: 'bandwidth',
    lossOut: 0.1,
    bitrateIn: undefined,
    bitrateOut: undefined,
    lossIn: undefined,
  })
  await clock.advance(2_000)
  expect(stats.read(chromium(126_000, 190, 15))).toMatchObject({
    bitrateIn: 500_000,
    bitrateOut: 1_000_000,
    lossIn: 0.1,
  })
})

test('Firefox: the marked pair, and the round trip of its lines', () => {
  const stats = createMediaStats(createFakeClock())
  expect(stats.read(firefox)).toMatchObject({
    rttMs: 3,
    isRelayed: false,
    availableOutgoingBitrate: undefined,
    framesDecoded: 5,
    frameHeight: 480,
    qualityLimitationReason: undefined,
    lossOut: 0,
  })
})

test('counters that begin anew are no rate', async () => {
  const clock = createFakeClock()
  const stats = createMediaStats(clock)
  stats.read(chromium(1_000, 100, 5))
  await clock.advance(1_000)
  expect(stats.read(chromium(500, 10, 0))).toMatchObject({ bitrateIn: undefined, lossIn: undefined })
})

test('what is no report, or odd in one, tells nothing and harms nothing', () => {
  const nothing = createMediaStats(createFakeClock()).read(reportOf())
  expect(Object.values(nothing).every((value) => value === undefined)).toBe(true)
  const anyRow = fc.record({
    id: fc.string(),
    type: fc.constantFrom('transport', 'candidate-pair', 'inbound-rtp', 'outbound-rtp', 'remote-inbound-rtp'),
    bytesReceived: fc.anything(),
    framesDecoded: fc.anything(),
    frameHeight: fc.anything(),
    currentRoundTripTime: fc.anything(),
    qualityLimitationReason: fc.anything(),
    selected: fc.anything(),
  })
  fc.assert(
    fc.property(fc.oneof(fc.array(anyRow), fc.anything()), (rows) => {
      const stats = createMediaStats(createFakeClock())
      const read = stats.read(Array.isArray(rows) ? new Map(rows.entries()) : rows)
      for (const value of Object.values(read))
        expect(['number', 'boolean', 'string', 'undefined']).toContain(typeof value)
    }),
    { numRuns: 50 },
  )
})
