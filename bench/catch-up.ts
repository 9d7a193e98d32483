import { chromium } from '@playwright/test'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import type { BenchResult } from './bench-result.ts'
import { countWish } from './built-page/count-wish.ts'
import { withOurDevices } from './meeting/our-devices.ts'
import { besidePlain, type Outcome } from './meeting/outcome.ts'
import { meetPlainly } from './meeting/plain-devices.ts'
import { pushRaw } from './meeting/raw-push.ts'

/**
 * A device that comes back and has missed some: the built app on both, over a real data channel, onto a real disk. Beside ours: the same
 * messages in a Yjs document, carried by y-webrtc and kept by y-indexeddb. The limit: the bytes of the missed entries through a bare data
 * channel. From the opening of the channel on, all that crosses it counted both ways. `--messages 1000 --missed 100` for less.
 */
const messages = countWish('messages', 100_000)
const missed = [10, countWish('missed', 10_000)]
const aims = { time: 1.3, bytes: 1.15 }

interface CatchUp {
  count: number
  common: number
  ours: Outcome
  limitMs: number
  entryBytes: number
}

export const run = async (): Promise<BenchResult[]> => {
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  const results: BenchResult[] = []
  try {
    const caughtUp: CatchUp[] = []
    await withOurDevices(browser, messages, async (devices) => {
      await devices.arrive()
      let common = messages
      for (const count of missed) {
        const ours = await devices.comeBack(count)
        const entryBytes = devices.entryBytes()
        caughtUp.push({ count, common, ours, limitMs: await pushRaw(browser, entryBytes), entryBytes })
        common += count
      }
    })
    for (const { count, common, ours, limitMs, entryBytes } of caughtUp) {
      const peer = await meetPlainly(browser, { common, missed: count })
      const name = `catch-up: ${count.toLocaleString('en')} missed in ${common.toLocaleString('en')}`
      results.push(
        besidePlain({ name, unit: 'ms', ours: ours.ms, limit: limitMs, better: 'lower' }, peer?.ms, {
          toLimit: aims.time,
        }),
        besidePlain(
          {
            name: `${name}, what crossed`,
            unit: 'bytes',
            ours: ours.bytes,
            limit: entryBytes,
            better: 'lower',
          },
          peer?.bytes,
          { toLimit: aims.bytes },
        ),
      )
    }
  } finally {
    await browser.close()
  }
  return results
}
