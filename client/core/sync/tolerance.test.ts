import { expect, test } from 'vitest'
import { logLimits } from '../../../shared/limits.ts'
import { createTolerance } from './tolerance.ts'

const createClock = () => {
  let ms = 1_000
  return { now: () => ms, pass: (by: number) => (ms += by) }
}

test('P3: the third fault of a link’s own is the last', () => {
  const tolerance = createTolerance(createClock())
  expect([1, 2, 3].map(() => tolerance.isTheEnd('notAnUpdate'))).toEqual([false, false, true])
})

test('P6: what may be another’s fault is borne for ever as long as it comes slowly', () => {
  const clock = createClock()
  const tolerance = createTolerance(clock)
  for (let day = 0; day < 3_000; day++) {
    expect(tolerance.isTheEnd('badSignature')).toBe(false)
    clock.pass(logLimits.antiEntropyMs)
  }
})

test('P3: and not when it comes in a flood', () => {
  const tolerance = createTolerance(createClock())
  let count = 1
  while (!tolerance.isTheEnd('badSignature') && count < 1_000) count += 1
  expect(count).toBe(logLimits.carriedTolerated)
})
