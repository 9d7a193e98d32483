import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import {
  planSending,
  type PictureLimit,
  type PlanReceiver,
  type PlanWish,
  type SendingPlan,
} from './sending-plan.ts'

const height = fc.constantFrom(0, 90, 120, 180, 240, 360, 480, 720, 1_080)
const receiver = (index: number): fc.Arbitrary<PlanReceiver> =>
  fc.record({
    device: fc.constant(`device-${index}` as DeviceId),
    tiles: fc.option(fc.record({ camera: height, screen: height }), { nil: undefined }),
    lossPerMille: fc.nat(400),
    rttMs: fc.nat(2_000),
  })
const wish: fc.Arbitrary<PlanWish> = fc.record({
  receivers: fc.nat(7).chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => receiver(at)))),
  uplinkBps: fc.oneof(fc.nat(100_000), fc.nat(20_000_000)),
  cpu: fc.constantFrom('fine', 'limited'),
  cameraHeight: fc.option(fc.constantFrom(240, 480, 720, 1_080), { nil: undefined }),
  screenHeight: fc.option(fc.constantFrom(720, 1_080, 2_160), { nil: undefined }),
})
const bps = (limit: PictureLimit | 'off') => (limit === 'off' ? 0 : limit.maxBitrateBps)
const sum = ({ to }: SendingPlan) =>
  [...to.values()].reduce(
    (total, { audioBps, camera, screen }) => total + audioBps + bps(camera) + bps(screen),
    0,
  )
const planOf = (plan: SendingPlan, device: DeviceId) => {
  const found = plan.to.get(device)
  if (!found) throw new Error('no plan')
  return found
}

test('C4: sound is never given up, and all together stay within the uplink', () => {
  fc.assert(
    fc.property(wish, fc.option(wish, { nil: undefined }), (now, before) => {
      const plan = planSending(now, before && planSending(before))
      for (const { audioBps } of plan.to.values()) expect(audioBps).toBeGreaterThanOrEqual(8_000)
      expect(sum(plan)).toBeLessThanOrEqual(Math.max(now.uplinkBps, 8_000 * now.receivers.length))
    }),
  )
})

test('C4: what is not shown, or not there, is not sent; and no picture is blown up', () => {
  fc.assert(
    fc.property(wish, (now) => {
      const plan = planSending(now)
      for (const { device, tiles } of now.receivers) {
        const { camera, screen } = planOf(plan, device)
        if (tiles?.camera === 0 || now.cameraHeight === undefined) expect(camera).toBe('off')
        if (tiles?.screen === 0 || now.screenHeight === undefined) expect(screen).toBe('off')
        for (const limit of [camera, screen])
          if (limit !== 'off') {
            expect(limit.scaleResolutionDownBy).toBeGreaterThanOrEqual(1)
            expect(limit.maxBitrateBps).toBeGreaterThan(0)
            expect(limit.maxFramerate).toBeGreaterThan(0)
          }
      }
    }),
  )
})

test('C4: a larger tile never gets less than a smaller one on the same kind of link', () => {
  fc.assert(
    fc.property(
      wish,
      height,
      height,
      fc.nat(400),
      fc.nat(2_000),
      (others, one, other, lossPerMille, rttMs) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)]
        const link = { lossPerMille, rttMs }
        const receivers: PlanReceiver[] = [
          ...others.receivers,
          { device: 'small' as DeviceId, tiles: { camera: small, screen: 720 }, ...link },
          { device: 'large' as DeviceId, tiles: { camera: large, screen: 720 }, ...link },
        ]
        const plan = planSending({ ...others, receivers })
        const [less, more] = ['small', 'large'].map((device) => planOf(plan, device as DeviceId).camera)
        expect(bps(more!)).toBeGreaterThanOrEqual(bps(less!))
        if (less !== 'off' && more !== 'off')
          expect(more!.scaleResolutionDownBy).toBeLessThanOrEqual(less!.scaleResolutionDownBy)
      },
    ),
  )
})

test('C4: more uplink never gives anybody less', () => {
  fc.assert(
    fc.property(wish, fc.nat(5_000_000), (now, more) => {
      const less = planSending(now)
      const richer = planSending({ ...now, uplinkBps: now.uplinkBps + more })
      for (const { device } of now.receivers) {
        const [poor, rich] = [planOf(less, device), planOf(richer, device)]
        expect(rich.audioBps).toBeGreaterThanOrEqual(poor.audioBps)
        expect(bps(rich.camera) + bps(rich.screen)).toBeGreaterThanOrEqual(
          bps(poor.camera) + bps(poor.screen),
        )
      }
    }),
  )
})

test('C4: an estimate that wavers, or a link on the edge, changes the plan once at most', () => {
  fc.assert(
    fc.property(wish, fc.nat(100), (now, percent) => {
      const wavering = Array.from({ length: 12 }, (_, turn) => ({
        ...now,
        uplinkBps: now.uplinkBps * (turn % 2 === 0 ? 1 : 1 + percent / 1_000),
        receivers: now.receivers.map((one) => ({
          ...one,
          lossPerMille: one.lossPerMille * (turn % 2 === 0 ? 1 : 1.3),
        })),
      }))
      let plan: SendingPlan | undefined
      const seen: string[] = []
      for (const each of wavering) {
        plan = planSending(each, plan)
        const said = JSON.stringify([...plan.to])
        if (seen.at(-1) !== said) seen.push(said)
      }
      expect(seen.length).toBeLessThanOrEqual(2)
    }),
  )
})

test('C4: one good line is used; seven share it', () => {
  const receivers = (count: number): PlanReceiver[] =>
    Array.from({ length: count }, (_, at) => ({
      device: `${at}` as DeviceId,
      tiles: { camera: 720, screen: 0 },
      lossPerMille: 0,
      rttMs: 20,
    }))
  const give = { uplinkBps: 3_000_000, cpu: 'fine', cameraHeight: 720, screenHeight: undefined } as const
  const one = planSending({ ...give, receivers: receivers(1) })
  expect(planOf(one, '0' as DeviceId).camera).toEqual({
    maxBitrateBps: 1_800_000,
    scaleResolutionDownBy: 1,
    maxFramerate: 30,
  })
  const seven = planSending({ ...give, receivers: receivers(7) })
  expect(planOf(seven, '6' as DeviceId).camera).toMatchObject({
    maxBitrateBps: 396_571,
    scaleResolutionDownBy: 2,
  })
  const none = planSending({ ...give, uplinkBps: 100_000, receivers: receivers(7) })
  expect(planOf(none, '0' as DeviceId)).toEqual({ audioBps: 14_285, camera: 'off', screen: 'off' })
})

const tilesOf = (heights: readonly number[]): PlanWish => ({
  receivers: heights.map((camera, at) => ({
    device: `${at}` as DeviceId,
    tiles: { camera, screen: 0 },
    lossPerMille: 0,
    rttMs: 20,
  })),
  uplinkBps: 20_000_000,
  cpu: 'fine',
  cameraHeight: 720,
  screenHeight: undefined,
})

test('C4: a tile gets about its own lines, and not many more', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 60, max: 1_440 }), { minLength: 1, maxLength: 7 }), (heights) => {
      const plan = planSending(tilesOf(heights))
      for (const [at, tile] of heights.entries()) {
        const { camera } = planOf(plan, `${at}` as DeviceId)
        if (camera === 'off') throw new Error('a picture that is shown')
        const lines = 720 / camera.scaleResolutionDownBy
        expect(lines).toBeGreaterThanOrEqual(Math.min(tile, 720) * 0.9)
        expect(lines).toBeLessThanOrEqual(Math.max(90, tile * 2))
      }
    }),
  )
})

test('C4: among several, small tiles move more slowly than whoever is shown large; one alone gets every frame', () => {
  const rates = (heights: readonly number[]) =>
    [...planSending(tilesOf(heights)).to.values()].map(({ camera }) =>
      camera === 'off' ? 0 : camera.maxFramerate,
    )
  expect(rates([360])).toEqual([30])
  expect(rates([240, 360, 500, 720])).toEqual([16, 16, 20, 30])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 100, max: 1_440 }), { minLength: 1, maxLength: 7 }), (heights) => {
      expect(Math.min(...rates(heights))).toBeGreaterThan(15)
    }),
  )
})
