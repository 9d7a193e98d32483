import { expect, test } from 'vitest'
import { createSimulator, type Outcome } from './simulator.ts'

const inEach = 50
/** Far beyond what they take: a busy machine is slow, not wrong. */
const patienceMs = 300_000

/** A test for each so many seeds, from the first on. What fails names its seed, and what happened. */
export const expectSchedules = async ({
  first,
  count,
  hasPartings = false,
}: {
  first: number
  count: number
  /** With private rooms, deletions, and devices and members that are put out, in each of them. */
  hasPartings?: boolean
}): Promise<void> => {
  const simulator = await createSimulator('prompt', hasPartings ? 100 : 0)
  const command = (seed: number) =>
    `npm run simulate -- --seed ${seed}${hasPartings ? ' --partings 100' : ''}`
  const rules = hasPartings ? 'P4, G1, G5, Y1' : 'Y2, Y4, P5, G7'
  const tell = ({ seed, broken, story }: Outcome): string =>
    [command(seed), ...broken.slice(0, 5), ...story].join('\n')
  for (let from = first; from < first + count; from += inEach) {
    const to = Math.min(from + inEach, first + count) - 1
    test(
      `${rules}: after the schedules ${from} to ${to} all have the same, all that was kept, and once`,
      async () => {
        const failed: Outcome[] = []
        for (let seed = from; seed <= to; seed++) {
          const outcome = await simulator.run(seed)
          if (outcome.broken.length > 0) failed.push(outcome)
        }
        expect(failed.map(tell).join('\n\n')).toBe('')
      },
      patienceMs,
    )
  }
}
