import type { AccountId } from '../../../shared/identifiers.ts'
import { logLimits, readingLimits } from '../../../shared/limits.ts'
import type { EntryTime } from '../log/entry.ts'
import { compareTimes } from '../log/hybrid-clock.ts'
import type { Clock, LogId, ReadingRow, TimelineKey } from '../ports.ts'
import { compareMarks, covers, withLate, type Mark } from './mark.ts'

/** How far everybody has read, as far as it is known here; it only ever goes on (R1). */
export interface Marks {
  of(log: LogId, account: AccountId): Mark | undefined
  /** All of a room. */
  ofLog(log: LogId): ReadonlyMap<AccountId, Mark>
  /** Every room in which this person has a mark. */
  mine(): ReadonlyMap<LogId, Mark>
  /** Whether this person has read an entry of somebody else's. Where they never read, what is older than this device's marks counts as read. */
  isRead(log: LogId, key: TimelineKey): boolean
  /** Something came later than what stands around it was read, and was not. */
  hasLate(log: LogId): boolean
  /** Here all up to there was read now. False where that is no news. */
  readTo(log: LogId, time: EntryTime): boolean
  /** By the word of a device of that account. False where it is no news. */
  take(log: LogId, account: AccountId, told: Mark): boolean
  /** An entry of somebody else's has come: true where its time is before what was read here, and it was not. */
  noteLate(log: LogId, key: TimelineKey): boolean
  onChange(listener: (log: LogId, account: AccountId) => void): () => void
}

export interface MarksOptions {
  me: AccountId
  rows: readonly ReadingRow[]
  /** What older than this is read where there is no mark. */
  sinceMs: number
  clock: Pick<Clock, 'now'>
  /** Keeps it; what cannot be kept is told again another time. */
  save(row: ReadingRow): void
}

type OwnMark = Mark & { isMadeHere: boolean }

export const createMarks = ({ me, rows, sinceMs, clock, save }: MarksOptions): Marks => {
  const marks = new Map<LogId, Map<AccountId, OwnMark>>()
  const listeners = new Set<(log: LogId, account: AccountId) => void>()
  const put = (log: LogId, account: AccountId, mark: OwnMark) => {
    const ofLog = marks.get(log) ?? new Map<AccountId, OwnMark>()
    marks.set(log, ofLog.set(account, mark))
  }
  for (const row of rows) if (row.type === 'mark') put(row.log, row.account, row)

  const change = (log: LogId, account: AccountId, mark: OwnMark): true => {
    put(log, account, mark)
    const { ms, counter, atMs, late, isMadeHere } = mark
    save({ type: 'mark', log, account, ms, counter, atMs, late, isMadeHere })
    for (const listener of [...listeners]) listener(log, account)
    return true
  }
  /** E4: nobody has read what is yet to be written. */
  const inTime = (told: Mark): Mark => {
    const now = clock.now()
    const isAhead = told.ms > now + logLimits.maxClockLeadMs
    return { ...told, ...(isAhead && { ms: now, counter: 0 }), atMs: Math.min(told.atMs, now) }
  }

  return {
    of: (log, account) => marks.get(log)?.get(account),
    ofLog: (log) => marks.get(log) ?? new Map<AccountId, Mark>(),
    mine: () => new Map([...marks].flatMap(([log, of]) => (of.has(me) ? [[log, of.get(me) as Mark]] : []))),
    isRead(log, key) {
      const mark = marks.get(log)?.get(me)
      return mark ? covers(mark, key) : key.ms <= sinceMs
    },
    hasLate: (log) => (marks.get(log)?.get(me)?.late.length ?? 0) > 0,
    readTo(log, time) {
      const before = marks.get(log)?.get(me)
      const isOn = !before || compareTimes(time, before) > 0
      if (!isOn && before.late.length === 0) return false
      const { ms, counter } = isOn ? time : before
      // A clock that was set back must not make a mark go back.
      const atMs = Math.max(clock.now(), before?.atMs ?? 0)
      return change(log, me, { ms, counter, atMs, late: [], isMadeHere: true })
    },
    take(log, account, told) {
      const before = marks.get(log)?.get(account)
      const mark = inTime(told)
      const order = before ? compareMarks(mark, before) : 1
      if (order < 0) return false
      // The same mark again may tell of more that came late. Of one made here this device knows that itself.
      if (order === 0 && (before?.isMadeHere === true || areSame(mark, before))) return false
      return change(log, account, { ...mark, isMadeHere: false })
    },
    noteLate(log, key) {
      const mark = marks.get(log)?.get(me)
      // Where another device has set it, that device knows what came late.
      // What was said before this device began, as in a first sync, is history.
      if (!mark?.isMadeHere || compareTimes(key, mark) > 0 || key.ms <= sinceMs) return false
      const { feed, page, seq } = key
      const late = withLate(mark.late, { feed, page, seq }, readingLimits.maxLate)
      return late !== mark.late && change(log, me, { ...mark, late })
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const areSame = (left: Mark, right: Mark | undefined): boolean =>
  left.late.length === right?.late.length &&
  left.late.every(({ feed, page, seq }, index) => {
    const other = right.late[index]
    return other?.feed === feed && other.page === page && other.seq === seq
  })
