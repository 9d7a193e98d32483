import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { compareTimes, createHybridClock } from './hybrid-clock.ts'

const lead = 2 * 60_000

test('E4: the next time is above every one given and every one seen, however our own clock jumps', () => {
  const step = fc.oneof(
    fc.record({ type: fc.constant('next' as const) }),
    fc.record({
      type: fc.constant('see' as const),
      aheadMs: fc.integer({ min: -1_000, max: lead }),
      counter: fc.nat(65_535),
    }),
    fc.record({ type: fc.constant('jump' as const), toMs: fc.integer({ min: 1_000_000, max: 9_000_000 }) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let now = 5_000_000
      const clock = createHybridClock({ ...createFakeClock(), now: () => now })
      let highest = { ms: 0, counter: 0 }
      for (const one of steps) {
        if (one.type === 'jump') now = one.toMs
        if (one.type === 'see') {
          const seen = { ms: now + one.aheadMs, counter: one.counter }
          clock.observe(seen)
          if (compareTimes(seen, highest) > 0) highest = seen
        }
        if (one.type === 'next') {
          const next = clock.next()
          expect(compareTimes(next, highest)).toBeGreaterThan(0)
          highest = next
        }
      }
    }),
  )
})

test('E4: a clock that is years ahead drags nobody along, and what it wrote shows when it came', () => {
  const clock = createHybridClock({ ...createFakeClock(), now: () => 1_000_000 })
  const ahead = { ms: 1_000_000 + lead + 1, counter: 3 }
  clock.observe(ahead)
  expect(clock.next()).toEqual({ ms: 1_000_000, counter: 0 })
  expect(clock.shown(ahead)).toEqual({ ms: 1_000_000, counter: 3 })
  expect(clock.shown({ ms: 1_000_000 + lead, counter: 0 }).ms).toBe(1_000_000 + lead)
})
