import { expect, test } from 'vitest'
import { uplinkOf } from './call-meter.ts'
import type { LinkMediaStats } from './media-stats.ts'

const silent: LinkMediaStats = {
  rttMs: 20,
  isRelayed: false,
  availableOutgoingBitrate: undefined,
  bitrateIn: undefined,
  bitrateOut: undefined,
  lossIn: undefined,
  lossOut: undefined,
  framesDecoded: undefined,
  frameHeight: undefined,
  qualityLimitationReason: undefined,
}

test('C4: an estimate counts where it is used; what hardly sends may begin well', () => {
  const slow = { ...silent, availableOutgoingBitrate: 200_000, bitrateOut: 190_000 }
  expect(uplinkOf([slow, slow, slow]).uplinkBps).toBeCloseTo(3 * 260_000)
  const quiet = { ...silent, availableOutgoingBitrate: 300_000, bitrateOut: 20_000 }
  expect(uplinkOf([quiet]).uplinkBps).toBe(2_500_000)
  expect(uplinkOf([{ ...quiet, lossOut: 0.1 }]).uplinkBps).toBeCloseTo(390_000)
})

test('C4: where the browser estimates nothing, loss tells that it is too much', () => {
  expect(uplinkOf([silent]).uplinkBps).toBe(2_500_000)
  expect(uplinkOf([{ ...silent, bitrateOut: 400_000, lossOut: 0.2 }]).uplinkBps).toBe(400_000)
})

test('C4: one encoder at its limit is a machine at its limit', () => {
  expect(uplinkOf([silent, { ...silent, qualityLimitationReason: 'bandwidth' }]).cpu).toBe('fine')
  expect(uplinkOf([silent, { ...silent, qualityLimitationReason: 'cpu' }]).cpu).toBe('limited')
})
