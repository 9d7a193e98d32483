import type { TimelineItem } from '../../core/hearth.ts'

export type MessageItem = Extract<TimelineItem, { type: 'message' }>
export type EventItem = Extract<TimelineItem, { type: 'event' }>
export type ErasedItem = Extract<TimelineItem, { type: 'erased' }>
export type CallItem = Extract<TimelineItem, { type: 'call' }>

/** What one line of the log shows. */
export type Row = { key: string; isFirstUnread: boolean } & (
  | { type: 'event'; item: EventItem }
  | { type: 'erased'; item: ErasedItem }
  | { type: 'call'; item: CallItem }
  | {
      type: 'message'
      item: MessageItem
      /** First and last of a run of one sender (ux 6). */
      startsRun: boolean
      endsRun: boolean
    }
)

export interface Day {
  /** The day's date; stable when older messages of the same day come. */
  key: string
  ms: number
  rows: Row[]
}

const runMs = 5 * 60_000

const belongsToRun = (row: Row | undefined, item: MessageItem): boolean =>
  row?.type === 'message' && row.item.author.id === item.author.id && Math.abs(item.ms - row.item.ms) <= runMs

interface Arranging {
  dayOf: (ms: number) => string
  firstUnread?: string | undefined
}

/** Items, oldest first as the core gives them, as days of rows. Pure; the order is never changed here. */
export const arrange = (items: readonly TimelineItem[], options: Arranging): Day[] => {
  const days: Day[] = []
  for (const item of items) {
    const key = options.dayOf(item.ms)
    let day = days.at(-1)
    if (day?.key !== key) {
      day = { key, ms: item.ms, rows: [] }
      days.push(day)
    }
    const isFirstUnread = item.key === options.firstUnread
    const before = day.rows.at(-1)
    if (item.type === 'event') {
      day.rows.push({ type: 'event', key: item.key, item, isFirstUnread })
      continue
    }
    if (item.type === 'erased') {
      day.rows.push({ type: 'erased', key: item.key, item, isFirstUnread })
      continue
    }
    if (item.type === 'call') {
      day.rows.push({ type: 'call', key: item.key, item, isFirstUnread })
      continue
    }
    const startsRun = isFirstUnread || !belongsToRun(before, item)
    if (!startsRun && before?.type === 'message') before.endsRun = false
    day.rows.push({ type: 'message', key: item.key, item, isFirstUnread, startsRun, endsRun: true })
  }
  return days
}

/** Those from one index to before another, each as it is among all. */
export const arrangePart = (
  items: readonly TimelineItem[],
  { from, to }: { from: number; to: number },
  options: Arranging,
): Day[] => {
  const days = arrange(items.slice(Math.max(0, from - 1), to + 1), options)
  if (from > 0) days[0]?.rows.shift()
  if (to < items.length) days.at(-1)?.rows.pop()
  return days.filter(({ rows }) => rows.length > 0)
}
