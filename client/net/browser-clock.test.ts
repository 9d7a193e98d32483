import { afterEach, expect, test, vi } from 'vitest'
import { browserClock } from './browser-clock.ts'

afterEach(() => vi.useRealTimers())

const turn = () => new Promise<void>((resolve) => void browserClock.setTimer(resolve, 0))

test('P3: turns are taken without timers, which stand still in a page that nobody looks at', async () => {
  vi.useFakeTimers()
  const run = vi.fn()
  browserClock.setTimer(run, 0)
  browserClock.setTimer(run, 1)
  for (let turns = 0; turns < 10; turns++) await turn()
  expect(run).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(run).toHaveBeenCalledTimes(2)
})

test('P3: what waits runs in its order, a task each, and not once it is cleared', async () => {
  const ran: string[] = []
  const note = (name: string) => () => {
    ran.push(name)
    queueMicrotask(() => ran.push(`after ${name}`))
  }
  browserClock.setTimer(note('first'), 0)
  const second = browserClock.setTimer(note('second'), 0)
  browserClock.setTimer(note('third'), 0)
  browserClock.clearTimer(second)
  expect(ran).toEqual([])
  await turn()
  expect(ran).toEqual(['first', 'after first', 'third', 'after third'])
})
