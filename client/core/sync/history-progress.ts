import { historyLimits, logLimits } from '../../../shared/limits.ts'
import type { HistoryProgress } from '../hearth.ts'
import type { Arrival, Logs } from '../log/logs.ts'
import type { Clock, LogId, Timer } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import type { FetchPlan, WantedPage } from './fetch-plan.ts'

/** What a person is told of history that is being fetched (Y5). */
export interface HistoryWatch {
  /** Undefined where nothing comes, or no more than a moment's work. */
  readonly progress: Value<HistoryProgress | undefined>
  /** Entries that somebody was asked for. */
  came(arrival: Arrival): void
  /** All of a page that one had has come. */
  answered(page: WantedPage): void
  close(): void
}

export interface HistoryWatchOptions {
  plan: Pick<FetchPlan, 'wanted'>
  logs: Pick<Logs, 'lengths'>
  clock: Clock
}

/** From the first entries that came to when no more do. */
interface Run {
  sinceMs: number
  latestMs: number
  messages: number
  backToMs: number
  /** Pages, by name, of which all that somebody had is here. */
  done: Set<string>
}

const nameOf = ({ log, page }: WantedPage): string => `${log} ${page}`

export const createHistoryWatch = ({ plan, logs, clock }: HistoryWatchOptions): HistoryWatch => {
  const progress = createValue<HistoryProgress | undefined>(undefined)
  let run: Run | undefined
  let timer: Timer | undefined

  const countHere = ({ log, page }: WantedPage): number =>
    [...(logs.lengths().get(log)?.get(page)?.values() ?? [])].reduce((sum, length) => sum + length, 0)

  const newestOf = (log: LogId, wanted: readonly WantedPage[]): number => {
    let newest = 0
    for (const page of logs.lengths().get(log)?.keys() ?? []) newest = Math.max(newest, page)
    for (const other of wanted) if (other.log === log) newest = Math.max(newest, other.page)
    return newest
  }

  const describe = ({ backToMs, done }: Run): HistoryProgress => {
    const left = plan.wanted().filter((page) => !done.has(nameOf(page)))
    const newest = new Map([...new Set(left.map(({ log }) => log))].map((log) => [log, newestOf(log, left)]))
    let messagesLeft = 0
    let parts = done.size
    for (const wanted of left) {
      const here = Math.min(countHere(wanted), logLimits.messagesPerPage)
      parts += here / logLimits.messagesPerPage
      // How far the newest page is filled nobody knows before it is here; all others are full.
      if (wanted.page !== newest.get(wanted.log)) messagesLeft += logLimits.messagesPerPage - here
    }
    return { backToMs, messagesLeft, fraction: parts / Math.max(1, done.size + left.length) }
  }

  const isOver = ({ latestMs }: Run): boolean =>
    clock.now() - latestMs >= (plan.wanted().length > 0 ? historyLimits.silentMs : historyLimits.lingerMs)
  const isNotable = ({ sinceMs, latestMs, messages }: Run): boolean =>
    latestMs - sinceMs >= historyLimits.momentMs && messages >= historyLimits.fewMessages

  /** Now and then, and not at every slice: nobody could read it. */
  const look = (): void => {
    timer = undefined
    if (run && isOver(run)) run = undefined
    if (!run) return progress.set(undefined)
    if (isNotable(run)) progress.set(describe(run))
    timer = clock.setTimer(look, historyLimits.toldEveryMs)
  }

  return {
    progress,
    came({ entries }) {
      const now = clock.now()
      run ??= { sinceMs: now, latestMs: now, messages: 0, backToMs: Infinity, done: new Set() }
      run.latestMs = now
      run.messages += entries.length
      run.backToMs = entries.reduce((least, { key }) => Math.min(least, key.ms), run.backToMs)
      timer ??= clock.setTimer(look, historyLimits.toldEveryMs)
    },
    answered(page) {
      run?.done.add(nameOf(page))
    },
    close() {
      if (timer !== undefined) clock.clearTimer(timer)
      progress.set(undefined)
    },
  }
}
