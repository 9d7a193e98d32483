import { mustBe } from './must.ts'

/** What of Chromium's trace tells tasks, and the marks that pages set. */
export const taskCategories = [
  'toplevel',
  'blink.user_timing',
  'disabled-by-default-devtools.timeline',
  '__metadata',
]

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
 * The longest task between two marks of the thread that set them, or from its beginning, or to its end; in milliseconds of processor time: what else
 * the machine does meanwhile lengthens none.
 */
export const longestTaskOf = (trace: string, { from, to }: { from?: string; to?: string }): number => {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] }
  const mark = (name: string | undefined) => traceEvents.find((event) => event.name === name)
  const [begin, end] = [mark(from), mark(to)]
  const place = begin ?? end
  mustBe(place !== undefined && !(from && !begin) && !(to && !end), 'the trace tells when it began and ended')
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts, dur = 0 }) =>
      name === 'RunTask' &&
      pid === place?.pid &&
      tid === place.tid &&
      ts < (end?.ts ?? Infinity) &&
      ts + dur > (begin?.ts ?? -Infinity),
  )
  mustBe(tasks.length > 0, 'the trace tells tasks')
  return tasks.reduce((longest, { tdur, dur = 0 }) => Math.max(longest, tdur ?? dur), 0) / 1_000
}
