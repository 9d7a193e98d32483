import { chromium } from '@playwright/test'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import type { BenchFigure, BenchResult } from './bench-result.ts'
import { countWish } from './built-page/count-wish.ts'
import { must } from './built-page/must.ts'
import { withOurDevices } from './meeting/our-devices.ts'
import { besidePlain, type Outcome } from './meeting/outcome.ts'
import { meetPlainly } from './meeting/plain-devices.ts'
import { pushRaw } from './meeting/raw-push.ts'

/**
 * A long history on its way to a device that has just signed in: the built app on both, over a real data channel, onto a real disk. Beside
 * ours: the same messages in a Yjs document, carried by y-webrtc and kept by y-indexeddb. The limit: the bytes of the entries through a bare
 * data channel. From the opening of the channel on. `--messages 1000` for a shorter history.
 */
const messages = countWish('messages', 100_000)
const aims = { throughput: 0.7, firstScreenMs: 300, longestTaskMs: 16 }
/** How long tasks are looked at: a trace of everything would not fit. */
const watchedMs = 10_000

export const run = async (): Promise<(BenchResult | BenchFigure)[]> => {
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  let ours: Outcome | undefined
  let peer: Outcome | undefined
  let limitMs = NaN
  let taskMs = NaN
  let entryBytes = NaN
  try {
    await withOurDevices(browser, messages, async (devices) => {
      entryBytes = devices.entryBytes()
      ours = await devices.arrive()
      limitMs = await pushRaw(browser, entryBytes)
      taskMs = await devices.longestTask(watchedMs)
    })
    peer = await meetPlainly(browser, { common: 0, missed: messages })
  } finally {
    await browser.close()
  }
  const { ms, firstScreenMs, bytes } = must(ours, 'outcome')
  const name = `first-sync: ${messages.toLocaleString('en')} messages`
  const perSecond = (took: number) => (messages / took) * 1_000
  return [
    besidePlain(
      {
        name,
        unit: 'messages/s',
        ours: perSecond(ms),
        limit: perSecond(limitMs),
        better: 'higher',
      },
      peer && perSecond(peer.ms),
      { toLimit: aims.throughput },
    ),
    {
      name: `${name}, the link open to the newest painted`,
      unit: 'ms',
      ours: firstScreenMs,
      better: 'lower',
      aim: { text: `at most ${aims.firstScreenMs} ms`, isMet: firstScreenMs <= aims.firstScreenMs },
    },
    {
      name: `${name}, the longest task of the first ${watchedMs / 1_000} s`,
      unit: 'ms',
      ours: taskMs,
      better: 'lower',
      aim: { text: `at most ${aims.longestTaskMs} ms`, isMet: taskMs <= aims.longestTaskMs },
    },
    besidePlain(
      { name: `${name}, what crossed`, unit: 'bytes', ours: bytes, limit: entryBytes, better: 'lower' },
      peer?.bytes,
      { toLimit: 1.15 },
    ),
  ]
}
