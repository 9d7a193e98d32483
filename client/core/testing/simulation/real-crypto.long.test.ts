import { expect, test } from 'vitest'
import { createSimulator } from './simulator.ts'

test('P3, E3: schedules end as they should over WebCrypto itself as well, and the same each time', async () => {
  const simulator = await createSimulator('real')
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const outcome = await simulator.run(seed)
    expect(outcome.broken, `seed ${seed}`).toEqual([])
  }
}, 120_000)
