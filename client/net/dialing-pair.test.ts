import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeededRandom } from '../core/testing/seeded-random.ts'
import { createDialingPair, sides, type Side } from './testing/dialing-pair.ts'

type Pair = ReturnType<typeof createDialingPair>

const steps: Record<string, (pair: Pair, side: Side) => unknown> = {
  enter: (pair, side) => pair.enter(side),
  leave: (pair, side) => pair.leave(side),
  deliver: (pair, side) => pair.deliver(side),
  lose: (pair, side) => pair.lose(side),
  open: (pair, side) => pair.open(side),
  retry: (pair, side) => pair.fire(side, 'retry'),
  watchdog: (pair, side) => pair.fire(side, 'watchdog'),
  reload: (pair, side) => pair.reload(side, true),
  crash: (pair, side) => pair.reload(side, false),
  findDead: (pair, side) => pair.findDead(side),
}

/** Lets things take their course: what is quick first, and timers only when nothing else happens. */
const settle = (pair: Pair): void => {
  for (const side of sides) pair.enter(side)
  for (let round = 0; round < 100 && !pair.isLinked(); round++) {
    const isBusy =
      sides.some((side) => pair.deliver(side)) ||
      sides.some((side) => pair.open(side)) ||
      sides.some((side) => pair.findDead(side))
    if (!isBusy) for (const side of sides) if (!pair.fire(side, 'retry')) pair.fire(side, 'watchdog')
  }
}

test('S1: two devices that come are linked after one hello, one asking and one offer', () => {
  const pair = createDialingPair(createSeededRandom(1))
  settle(pair)
  expect(pair.isLinked()).toBe(true)
})

test('S1, L1, L3: after any losses, reloads and crashes two devices find each other again, over one connection', () => {
  const anyStep = fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.constantFrom(...sides))
  fc.assert(
    fc.property(fc.integer(), fc.array(anyStep, { maxLength: 80 }), (seed, played) => {
      const pair = createDialingPair(createSeededRandom(seed))
      for (const [name, side] of played) steps[name]?.(pair, side)
      settle(pair)
      expect(pair.isLinked()).toBe(true)
    }),
    { numRuns: 300 },
  )
}, 30_000)
