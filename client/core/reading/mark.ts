import type { EntryTime } from '../log/entry.ts'
import { compareTimes } from '../log/hybrid-clock.ts'
import type { FeedId, LatePlace, TimelineKey } from '../ports.ts'

/** How far a person has read in a room (R1). */
export interface Mark extends EntryTime {
  /** When they last read there, by the clock of the device on which they did. */
  atMs: number
  /** Places behind the mark that came later than it was set, and so were not read. */
  late: readonly LatePlace[]
}

/** Which of two marks is further on: by place, then by when it was set. */
export const compareMarks = (left: Omit<Mark, 'late'>, right: Omit<Mark, 'late'>): number =>
  compareTimes(left, right) || left.atMs - right.atMs

const isLate = (late: readonly LatePlace[], { feed, page, seq }: TimelineKey): boolean =>
  late.some((place) => place.feed === feed && place.page === page && place.seq <= seq)

/** Whether an entry was read by whom the mark is of. */
export const covers = ({ late, ...mark }: Mark, key: TimelineKey): boolean =>
  compareTimes(key, mark) <= 0 && !isLate(late, key)

/** With one more place; of a feed in a page the first one says it for all behind it. At most `max`, the newest pages first. */
export const withLate = (late: readonly LatePlace[], place: LatePlace, max: number): readonly LatePlace[] => {
  const others = late.filter(({ feed, page }) => feed !== place.feed || page !== place.page)
  const same = late.find(({ feed, page }) => feed === place.feed && page === place.page)
  if (same && same.seq <= place.seq) return late
  return [...others, place].sort((left, right) => right.page - left.page).slice(0, max)
}

/** What of them concerns one device's feed. */
export const lateOf = (late: readonly LatePlace[], feed: FeedId): readonly LatePlace[] =>
  late.filter((place) => place.feed === feed)
