import { expect, test } from 'vitest'
import { createSimulator, type Outcome } from './simulator.ts'

const inEach = 50
/** Far beyond what they take: a busy machine is slow, not wrong. */
const patienceMs = 300_000

const tell = ({ seed, broken, story }: Outcome): string =>
  [`npm run simulate -- --seed ${seed}`, ...broken.slice(0, 5), ...story].join('\n')

/** A test for each so many seeds, from the first on. What fails names its seed, and what happened. */
export const expectSchedules = async ({ first, count }: { first: number; count: number }): Promise<void> => {
  const simulator = await createSimulator()
  for (let from = first; from < first + count; from += inEach) {
    const to = Math.min(from + inEach, first + count) - 1
    test(
      `Y2, Y4, P5, G7: after the schedules ${from} to ${to} all have the same, all that was kept, and once`,
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
