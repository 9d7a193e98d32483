import { createBench, openPair } from './testing/open-pair.ts'
import { describeLink } from './testing/describe-link.ts'

const overMemory = (pace: Parameters<typeof createBench>[0]) => async () => {
  const bench = await createBench(pace)
  const pair = await openPair(bench)
  return { ...pair, finish: (running: Promise<void>) => bench.clock.advanceUntil(running, 600_000) }
}

describeLink('a quick wire', overMemory({ bytesPerMs: 1024 * 1024 }))
describeLink('a wire of moods', overMemory({ seed: 5, latencyMs: 20 }))
