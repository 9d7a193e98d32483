import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import { createResult, type BenchResult } from './bench-result.ts'
import type { Way } from './calls/call-end.ts'
import type { ReceivedPicture } from './calls/hearing.ts'
import { startHub, type Hub } from './calls/hub.ts'
import { launchForCalls, openCallsPage, withCallsPage } from './calls/places.ts'

/**
 * What a call of 4 and of 6 costs one Chromium, all its processes together, with fake cameras of 720 lines and every tile on the screen: it
 * sends to all others and shows what they send. They are in one page of another browser,
 * send nothing to one another and show nothing, so that they leave the machine to who is measured. Ours: our Links, and the
 * sending plan for a grid (C4). Beside it a simple-peer connection for each, at full size. The limit: ours with the picture encoded once.
 * Frames a second and lines are told beside it: a machine that has too few processors, or other things to do, makes the plain way fall
 * behind, and what falls behind is cheap. So the ratio only counts where the plain way held its 720 lines.
 */
/** Browsers begin with little and send more as they learn what the line carries. */
const settleMs = 12_000
const measureMs = 10_000
const aims = { toPeer: 0.5, framesPerSecond: 15 }
const ways = ['limit', 'ours', 'peer'] as const
const calls = [
  { people: 4, columns: 2, tileHeight: 360 },
  { people: 6, columns: 3, tileHeight: 240 },
] as const

interface Figures {
  /** Seconds of a processor in a second. */
  cpu: number
  /** Of the slowest picture, frames a second; and the lines of the smallest. */
  sent: Pictures
  shown: Pictures
  /** What holds back what it sends, by the browser's own word. */
  heldBackBy: string[]
}

interface Pictures {
  count: number
  framesPerSecond: number
  height: number
}

const cpuSecondsOf = async (browser: Browser): Promise<number> => {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

const picturesOf = (page: Page): Promise<ReceivedPicture[]> => page.evaluate(() => window.calls!.pictures())

const between = (before: ReceivedPicture[], after: ReceivedPicture[], seconds: number): Pictures => ({
  count: after.length,
  framesPerSecond: Math.min(
    ...after.map((picture, at) => (picture.framesDecoded - (before[at]?.framesDecoded ?? 0)) / seconds),
  ),
  height: Math.min(...after.map(({ height }) => height)),
})

const measure = async (hub: Hub, way: Way, call: (typeof calls)[number]): Promise<Figures> => {
  const browsers = [await launchForCalls(), await launchForCalls()] as const
  try {
    const others = call.people - 1
    const told = {
      hub: `ws://127.0.0.1:${hub.port}`,
      iceServers: [],
      name: `${way} ${call.people}`,
      way,
      others,
    }
    const { tileHeight, columns } = call
    const [measured, rest] = [
      await openCallsPage(browsers[0], hub.port),
      await openCallsPage(browsers[1], hub.port),
    ]
    const of = (other: number | undefined) => ({ ...told, other, tileHeight })
    await measured.evaluate(([one, across]) => window.calls!.meet([one], across), [
      of(undefined),
      columns,
    ] as const)
    const all = Array.from({ length: others }, (_, other) => of(other))
    await rest.evaluate((people) => window.calls!.meet(people), all)
    await wait(settleMs)
    const read = async () => ({
      cpu: await cpuSecondsOf(browsers[0]),
      sent: await picturesOf(rest),
      shown: await picturesOf(measured),
      at: performance.now(),
    })
    const before = await read()
    await wait(measureMs)
    const after = await read()
    const seconds = (after.at - before.at) / 1000
    return {
      cpu: (after.cpu - before.cpu) / seconds,
      sent: between(before.sent, after.sent, seconds),
      shown: between(before.shown, after.shown, seconds),
      heldBackBy: await measured.evaluate(() => window.calls!.limitations()),
    }
  } finally {
    for (const browser of browsers) await browser.close()
  }
}

const words = ({ count, framesPerSecond, height }: Pictures): string =>
  `${count} of ${height} lines at ${framesPerSecond.toFixed(1)} a second`

const wordsOfAll = ({ sent, shown, heldBackBy }: Figures): string =>
  `sends ${words(sent)} held back by ${heldBackBy.join(' and ')}, shows ${words(shown)}`

export const run = async (): Promise<BenchResult[]> => {
  const results: BenchResult[] = []
  await withCallsPage(async (folder) => {
    const hub = await startHub(folder, '127.0.0.1', 0)
    for (const call of calls) {
      const name = `call-cpu: one browser in a call of ${call.people}`
      const figures = {} as Record<Way, Figures>
      for (const way of ways) {
        figures[way] = await measure(hub, way, call)
        console.error(`${name}, ${way}: ${figures[way].cpu.toFixed(2)}, ${wordsOfAll(figures[way])}`)
      }
      const { ours, peer, limit } = figures
      const measures = { name, unit: 'processors', ours: ours.cpu, peer: peer.cpu, limit: limit.cpu } as const
      const result = createResult({ ...measures, better: 'lower' }, { toLimit: Infinity })
      const isHeld = Math.min(ours.sent.framesPerSecond, ours.shown.framesPerSecond) >= aims.framesPerSecond
      results.push({
        ...result,
        aim: {
          text: `at most ${aims.toPeer} of the peer, ${aims.framesPerSecond} frames a second held. Ours ${wordsOfAll(ours)}; the peer ${wordsOfAll(peer)}`,
          isMet: result.toPeer <= aims.toPeer && isHeld,
        },
      })
    }
    await hub.close()
  })
  return results
}
