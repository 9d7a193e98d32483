import { expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { groupLimits } from '../../../shared/limits.ts'
import { ok } from '../../../shared/result.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { createValue } from '../value.ts'
import { drawMoment, keepEpochs, type KeptGroup } from './keep-epochs.ts'

const device = 'a device' as DeviceId

/** @param openers can give what a newcomer lacks. */
const createGroup = (
  standing: ReturnType<KeptGroup['standingOf']> = 'member',
  { linked = [], openers = [device] }: { linked?: DeviceId[]; openers?: DeviceId[] } = {},
) => {
  const clock = createFakeClock()
  const state = createValue({})
  let owes = false
  let made = 0
  const group: KeptGroup = {
    state,
    standingOf: () => standing,
    keys: {
      owesRekey: () => Promise.resolve(owes),
      openersAmong: (devices) => devices.filter((one) => openers.includes(one)),
    },
    rekey() {
      made += 1
      owes = false
      state.set({})
      return Promise.resolve(ok(undefined))
    },
  }
  const close = keepEpochs(group, { device, linked: () => linked, clock, random: createSeededRandom(3) })
  return {
    clock,
    close,
    change: (nowOwes: boolean) => {
      owes = nowOwes
      state.set({})
    },
    get made() {
      return made
    },
  }
}

test('G4: an epoch that is due is made within two seconds, once, also where nobody writes', async () => {
  const group = createGroup()
  await group.clock.advance(groupLimits.rekeySpreadMs)
  expect(group.made).toBe(0)
  for (let change = 0; change < 5; change++) group.change(true)
  await group.clock.advance(groupLimits.rekeySpreadMs)
  expect(group.made).toBe(1)
  await group.clock.advance(60_000)
  expect(group.made).toBe(1)
  expect(group.clock.pendingTimers).toBe(0)
})

test('G4: where somebody else makes it meanwhile, this device makes none', async () => {
  const group = createGroup()
  group.change(true)
  group.change(false)
  await group.clock.advance(10_000)
  expect(group.made).toBe(0)
})

test.each(['revoked', 'notOfThisFamily', 'unknown'] as const)(
  'G5: a device that is %s makes none',
  async (standing) => {
    const group = createGroup(standing)
    group.change(true)
    await group.clock.advance(10_000)
    expect(group.made).toBe(0)
  },
)

const [earlier, later] = ['a cellar' as DeviceId, 'a window' as DeviceId]

test.each([
  ['with a newcomer alone', { linked: [earlier] }],
  ['with a later one', { linked: [earlier, later], openers: [device, later] }],
])('G4: the first of those who are here waits for nobody: %s', async (_who, others) => {
  const group = createGroup('member', others)
  for (let change = 0; change < 5; change++) group.change(true)
  await group.clock.advance(groupLimits.rekeyGatherMs)
  expect(group.made).toBe(1)
  await group.clock.advance(60_000)
  expect(group.made).toBe(1)
  expect(group.clock.pendingTimers).toBe(0)
})

test.each([
  ['an earlier one is here', { linked: [earlier], openers: [device, earlier] }],
  ['it is the newcomer', { linked: [later], openers: [later] }],
  ['nobody is here', {}],
])('G4: who is not the first leaves it to them for a while: %s', async (_why, others) => {
  const group = createGroup('member', others)
  group.change(true)
  await group.clock.advance(groupLimits.rekeyGatherMs)
  expect(group.made).toBe(0)
  await group.clock.advance(groupLimits.rekeySpreadMs)
  expect(group.made).toBe(1)
})

test('after it was closed nothing is made', async () => {
  const group = createGroup()
  group.change(true)
  group.close()
  group.change(true)
  await group.clock.advance(10_000)
  expect(group.made).toBe(0)
  expect(group.clock.pendingTimers).toBe(0)
})

test('G4: the moments at which devices look are spread over all of the time there is', () => {
  const random = createSeededRandom(8)
  const moments = Array.from({ length: 1_000 }, () => drawMoment(random, 2_000))
  expect(Math.min(...moments)).toBeLessThan(50)
  expect(Math.max(...moments)).toBeGreaterThan(1_950)
  expect(Math.max(...moments)).toBeLessThan(2_000)
  expect(drawMoment({ bytes: (count) => new Uint8Array(count).fill(255) }, 2_000)).toBe(1_999)
  expect(drawMoment({ bytes: (count) => new Uint8Array(count) }, 2_000)).toBe(0)
})
