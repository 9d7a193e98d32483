import { mustBe } from '../built-page/must.ts'

export const startCategories = [
  'toplevel',
  'blink.user_timing',
  'disabled-by-default-devtools.timeline',
  '__metadata',
] as const

/** The mark that the page sets when it has been started; it tells which thread of the trace is the page's. */
export const startedMark = 'hearth has started'

/** Of Chromium's trace events what is looked at. Times are in microseconds. */
interface TraceEvent {
  name: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Of it, the time in which the thread had a processor. */
  tdur?: number
}

/**
 * The longest task of the page's main thread until the mark, in milliseconds of processor time: what else the machine does meanwhile
 * lengthens none. A look into the trace of a whole start.
 */
export const longestTaskOf = (trace: string): number => {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] }
  const end = traceEvents.find(({ name }) => name === startedMark)
  mustBe(end !== undefined, 'the trace tells when the start was over')
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts }) => name === 'RunTask' && pid === end?.pid && tid === end.tid && ts < end.ts,
  )
  mustBe(tasks.length > 0, 'the trace tells tasks')
  return Math.max(...tasks.map(({ tdur, dur = 0 }) => tdur ?? dur)) / 1_000
}
