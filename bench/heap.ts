import { createResult, type BenchFigure, type BenchResult } from './bench-result.ts'
import { measureOpening } from './long-room/measure-opening.ts'

/** The JavaScript heap of a page with a room open, short and long, beside the plain way and the limit of `open`. */
const sizes = [10_000, 1_000_000] as const
const aimLongToShort = 1.2

export const run = async (): Promise<(BenchResult | BenchFigure)[]> => {
  const openings = []
  for (const size of sizes) openings.push(await measureOpening(size, 1))
  const [short, long] = openings
  if (!short || !long) throw new Error('nothing was measured')
  const ratio = long.heapBytes.ours / short.heapBytes.ours
  const aim = {
    text: `the long room at most ${aimLongToShort} of the short one`,
    isMet: ratio <= aimLongToShort,
  }
  return [
    ...openings.map(({ count, heapBytes }) => {
      const result = createResult(
        {
          name: `heap: ${count.toLocaleString('en')} messages`,
          unit: 'bytes',
          ...heapBytes,
          better: 'lower',
        },
        { toLimit: Infinity },
      )
      return { ...result, aim }
    }),
    {
      name: 'heap: the long room beside the short one',
      unit: '',
      ours: ratio,
      better: 'lower',
      aim,
    },
  ]
}
