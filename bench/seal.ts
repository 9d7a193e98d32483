import path from 'node:path'
import { chromium } from '@playwright/test'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import { createResult, median, type BenchResult } from './bench-result.ts'
import { withBuiltPage } from './built-page/open-built-page.ts'
import { longestTask } from './seal/longest-task.ts'
import type { Times } from './seal/stopwatch.ts'

/**
 * Typical messages a second, in a Chromium page: one device seals and signs them, another takes them in as slices, judges them, puts them
 * on the disk and reads them. Beside ours the obvious way: a signature an entry in JavaScript, both made and verified, and a transaction
 * an entry. The limit: WebCrypto bare, a verification a slice, one transaction for all. All take turns, so that what else the machine does
 * hits all alike.
 */
const entries = { ours: 2_000, peer: 200, limit: 2_000 } as const
type Contestant = keyof typeof entries
const contestants = ['ours', 'peer', 'limit'] as const
const rounds = 15
const warmUp = 2
const tracedRounds = 3
const aims = { toPeer: 10, toLimit: 0.8, taskMs: 16 }

const page = path.join(import.meta.dirname, 'seal', 'seal.html')

const measureAll = async () => {
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  const times = { ours: [] as Times[], peer: [] as Times[], limit: [] as Times[] }
  const tasks = { ours: [] as number[], peer: [] as number[], limit: [] as number[] }
  try {
    await withBuiltPage(browser, page, async (opened) => {
      const measure = (who: Contestant): Promise<Times> =>
        opened.evaluate(([name, count]) => window.sealBench!.measure(name, count), [
          who,
          entries[who],
        ] as const)
      for (let round = 0; round < warmUp + rounds; round++)
        for (const who of contestants) {
          const took = await measure(who)
          if (round >= warmUp) times[who].push(took)
        }
      // By themselves, since a trace slows down what it watches.
      for (let round = 0; round < tracedRounds; round++)
        for (const who of contestants) tasks[who].push(await longestTask(browser, opened, () => measure(who)))
    })
  } finally {
    await browser.close()
  }
  return { times, tasks }
}

export const run = async (): Promise<BenchResult[]> => {
  const { times, tasks } = await measureAll()
  const rates = (name: string, timeOf: (times: Times) => number): BenchResult => {
    const rate = (who: Contestant) => (1_000 * entries[who]) / median(times[who].map(timeOf))
    const [ours, peer, limit] = [rate('ours'), rate('peer'), rate('limit')]
    const measures = { name, unit: 'entries a second', ours, peer, limit, better: 'higher' } as const
    const result = createResult(measures, aims)
    return {
      ...result,
      aim: {
        text: `${aims.toPeer} times the peer, and ${result.aim.text}`,
        isMet: result.aim.isMet && result.toPeer >= aims.toPeer,
      },
    }
  }
  const [ours, peer, limit] = [median(tasks.ours), median(tasks.peer), median(tasks.limit)]
  const name = 'seal: the longest task of the main thread while taking them in'
  const longest = createResult(
    { name, unit: 'ms', ours, peer, limit, better: 'lower' },
    { toLimit: aims.taskMs / limit },
  )
  return [
    rates('seal: said by one device, judged, kept and read by another', ({ say, take }) => say + take),
    rates('seal: of these the half of who takes them in', ({ take }) => take),
    rates('seal: of these the half of who says them', ({ say }) => say),
    { ...longest, aim: { text: `at most ${aims.taskMs} ms`, isMet: ours <= aims.taskMs } },
  ]
}
