import { createResult, type BenchFigure, type BenchResult } from './bench-result.ts'
import { measureOpening } from './long-room/measure-opening.ts'

/**
 * From asking for the page, in a browser that was just started, to a room's newest fifty messages painted; how much the length of the room
 * matters; and the same without the server. Beside ours: all messages in one Yjs document kept by y-indexeddb. The limit: a page of
 * Vue that asks the disk for fifty texts and shows them.
 */
const sizes = [10_000, 100_000, 1_000_000] as const
const rounds = 5
const aims = { toLimit: 1.3, longToShort: 1.2, toPeerAtMost: 0.02, offlineMs: 1_000 }

export const run = async (): Promise<(BenchResult | BenchFigure)[]> => {
  const openings = []
  for (const size of sizes) openings.push(await measureOpening(size, rounds))
  const [short] = openings
  const long = openings.at(-1)
  if (!short || !long) throw new Error('nothing was measured')
  const named = (count: number) => `${count.toLocaleString('en')} messages`
  return [
    ...openings.map(({ count, ms }) =>
      createResult(
        { name: `open: ${named(count)}`, unit: 'ms', ...ms, better: 'lower' },
        { toLimit: aims.toLimit },
      ),
    ),
    {
      name: `open: ${named(long.count)} beside ${named(short.count)}`,
      unit: '',
      ours: long.ms.ours / short.ms.ours,
      better: 'lower',
      aim: {
        text: `at most ${aims.longToShort}`,
        isMet: long.ms.ours <= aims.longToShort * short.ms.ours,
      },
    },
    {
      name: `open: ours beside the peer, ${named(long.count)}`,
      unit: '',
      ours: long.ms.ours / long.ms.peer,
      better: 'lower',
      aim: {
        text: `at most ${aims.toPeerAtMost}`,
        isMet: long.ms.ours <= aims.toPeerAtMost * long.ms.peer,
      },
    },
    ...openings.map(({ count, offlineMs }) => ({
      name: `open: the server is gone, ${named(count)}`,
      unit: 'ms',
      ours: offlineMs,
      better: 'lower' as const,
      aim: { text: 'less than a second', isMet: offlineMs < aims.offlineMs },
    })),
  ]
}
