import type { Browser, Page } from '@playwright/test'
import { must, mustBe } from '../built-page/must.ts'
import type { Mark } from './stopwatch.ts'

/** What of Chromium's trace events is looked at. Times are in microseconds. */
interface TraceEvent {
  name: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Of it, the time in which the thread had a processor. */
  tdur?: number
}

const categories = ['toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline', '__metadata']

/**
 * The longest that the page's main thread was busy with one task while a device took everything in, in milliseconds of processor time: what
 * else the machine does meanwhile lengthens no task. Nobody says two thousand things at once, so that half does not count.
 */
export const longestTask = async (
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<number> => {
  await browser.startTracing(page, { categories })
  await work()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const events = trace.traceEvents
  const mark = (name: Mark): TraceEvent =>
    must(
      events.find((event) => event.name === name),
      name,
    )
  const [begin, end] = [mark('take begins'), mark('take ends')]
  const tasks = events.filter(
    ({ name, pid, tid, ts, dur = 0 }) =>
      name === 'RunTask' && pid === begin.pid && tid === begin.tid && ts < end.ts && ts + dur > begin.ts,
  )
  mustBe(tasks.length > 0, 'the trace tells tasks')
  return Math.max(...tasks.map(({ tdur, dur = 0 }) => tdur ?? dur)) / 1_000
}
