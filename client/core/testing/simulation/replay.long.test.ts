import { expect, test } from 'vitest'
import { createSimulator } from './simulator.ts'

test('a seed is the same schedule each time: what happens, what is delivered when, and how it ends', async () => {
  const simulator = await createSimulator()
  const seeds = [1, 2, 3, 4, 5, 6]
  const first = []
  for (const seed of seeds) first.push(await simulator.run(seed))
  // In another order, after others, and by a simulator that was made anew.
  const another = await createSimulator()
  for (const seed of [...seeds].reverse()) expect(await another.run(seed)).toEqual(first[seed - 1])
  expect(new Set(first.map(({ trace }) => trace)).size).toBe(seeds.length)
})
