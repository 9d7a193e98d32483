import { expect, test } from 'vitest'
import { createSimulator } from './simulator.ts'
import type { Faults } from './world.ts'

const simulator = await createSimulator()

/** Schedules in which a fault has to show; it does in some of the first ten. */
const maxSchedules = 60

const faults: readonly { what: string; faults: Faults; shows: RegExp }[] = [
  {
    what: 'disks that forget what they were made to keep',
    faults: { forgetsStrict: true },
    shows: /was told that .* is kept|were kept|never was on its author's/,
  },
  {
    what: 'stores that say they have written before they have',
    faults: { isHasty: true },
    shows: /P5: entry .* never was on its author's/,
  },
  {
    what: 'a network that swallows messages and keeps the Link',
    faults: { swallows: true },
    shows: /differ|is kept, and .* does not show it/,
  },
  { what: 'stores that give a row twice', faults: { doublesRows: true }, shows: /shows .* twice/ },
]

for (const { what, faults: planted, shows } of faults)
  test(`finds ${what}, by a seed that shows it again and is fine without`, async () => {
    for (let seed = 1; seed <= maxSchedules; seed++) {
      const outcome = await simulator.run(seed, planted)
      if (!outcome.broken.some((line) => shows.test(line))) continue
      expect(await simulator.run(seed, planted)).toEqual(outcome)
      expect((await simulator.run(seed)).broken).toEqual([])
      return
    }
    expect.unreachable(`${what} went unnoticed in ${maxSchedules} schedules`)
  })
