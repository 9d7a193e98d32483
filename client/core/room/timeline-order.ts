import type { PlacedPosition } from '../log/keeping.ts'
import type { TimelineKey } from '../ports.ts'

/** The order of a timeline, the same on every device: by time, then by author, page and place in the feed. */
export const compareKeys = (left: TimelineKey, right: TimelineKey): number =>
  left.ms - right.ms ||
  left.counter - right.counter ||
  left.feed - right.feed ||
  left.page - right.page ||
  left.seq - right.seq

/** An entry's own name, whatever its time: unique among a room's. */
export const nameOfKey = ({ feed, page, seq }: PlacedPosition): string => `${feed}-${page}-${seq}`

/** The place that an entry's name says; undefined for other names. */
export const positionOf = (name: string): PlacedPosition | undefined => {
  const [feed, page, seq, ...rest] = name.split('-').map(Number)
  const isWhole = rest.length === 0 && [feed, page, seq].every((number) => Number.isSafeInteger(number))
  return isWhole ? { feed: feed ?? 0, page: page ?? 0, seq: seq ?? 0 } : undefined
}

/** Puts each of `added` where it belongs among `sorted`, leaving out what is there already. */
export const mergeByKey = <Item extends { key: TimelineKey }>(
  sorted: readonly Item[],
  added: readonly Item[],
): Item[] => {
  const known = new Set(sorted.map((item) => nameOfKey(item.key)))
  const fresh = added.filter((item) => !known.has(nameOfKey(item.key)))
  return [...sorted, ...fresh].sort((left, right) => compareKeys(left.key, right.key))
}
