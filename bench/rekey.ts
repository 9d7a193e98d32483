import path from 'node:path'
import { chromium } from '@playwright/test'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import { createResult, median, type BenchResult } from './bench-result.ts'
import { withBuiltPage } from './built-page/open-built-page.ts'

/**
 * From "somebody is out" to the entry that wraps the next epoch to the hundred who stay (G3, G5), in Chromium. Beside ours: the same
 * HPKE boxes, one after the other. The limit: an X25519 multiplication and a sealing for each, bare, all at once.
 */
const aimMs = 300
const recipients = 100
const rounds = 15
const warmUp = 2

const page = path.join(import.meta.dirname, 'rekey', 'rekey.html')

export const run = async (): Promise<BenchResult> => {
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  const times = { ours: [] as number[], peer: [] as number[], limit: [] as number[] }
  try {
    await withBuiltPage(browser, page, async (opened) => {
      await opened.evaluate((count) => window.rekeyBench!.open(count), recipients)
      for (let round = 0; round < warmUp + rounds; round++)
        for (const who of ['ours', 'peer', 'limit'] as const) {
          const took = await opened.evaluate((name) => window.rekeyBench!.measure(name), who)
          if (round >= warmUp) times[who].push(took)
        }
    })
  } finally {
    await browser.close()
  }
  const [ours, peer, limit] = [median(times.ours), median(times.peer), median(times.limit)]
  const result = createResult(
    { name: 'rekey: somebody is out to a new epoch for 100', unit: 'ms', ours, peer, limit, better: 'lower' },
    { toLimit: aimMs / limit },
  )
  return { ...result, aim: { text: `at most ${aimMs} ms`, isMet: ours <= aimMs } }
}
