import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { beginCameraSizing, linesNeeded, stepCameraSizing, type CameraSizing } from './camera-size.ts'
import { planSending, type SendingPlan } from './sending-plan.ts'

const planFor = (tiles: readonly number[], cameraHeight = 720): SendingPlan =>
  planSending({
    receivers: tiles.map((camera, at) => ({
      device: `${at}` as DeviceId,
      tiles: { camera, screen: 0 },
      lossPerMille: 0,
      rttMs: 20,
    })),
    uplinkBps: 20_000_000,
    cpu: 'fine',
    cameraHeight,
    screenHeight: undefined,
  })
const after = (calls: readonly (readonly number[])[], fullLines = 720): CameraSizing =>
  calls.reduce(
    (sizing, tiles) => stepCameraSizing(sizing, planFor(tiles, fullLines), fullLines),
    beginCameraSizing,
  )
const small = [360, 240, 180]

test('C4: the camera gives half once everybody has shown small pictures for a while, and all at once when one does not', () => {
  expect(after([small, small, small]).size).toBe('full')
  expect(after([small, small, small, small]).size).toBe('half')
  expect(after([small, small, small, small, [360, 720, 180]]).size).toBe('full')
  expect(after([small, small, [720], small, small, small]).size).toBe('full')
})

test('C4: it is not halved where half would look poor, nor where nobody is sent a picture', () => {
  expect(after([[90], [90], [90], [90]], 480).size).toBe('full')
  expect(after([[0], [0], [0], [0]]).size).toBe('full')
})

test('C4: half is never less than anybody is to be sent', () => {
  const tiles = fc.array(fc.integer({ min: 0, max: 1_440 }), { maxLength: 7 })
  fc.assert(
    fc.property(fc.array(tiles, { maxLength: 12 }), fc.constantFrom(480, 720, 1_080), (calls, fullLines) => {
      let sizing = beginCameraSizing
      for (const each of calls) {
        const plan = planFor(each, fullLines)
        sizing = stepCameraSizing(sizing, plan, fullLines)
        if (sizing.size === 'half') expect(linesNeeded(plan, fullLines)).toBeLessThanOrEqual(fullLines / 2)
      }
    }),
  )
})
