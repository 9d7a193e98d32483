import { equalityDeep } from 'lib0/function'
import type { TimelineItem } from '../hearth.ts'

/** Gives an item that says the same as before the object it was before, so that the screen redraws only what changed. */
export const reuseItems = (before: readonly TimelineItem[], now: readonly TimelineItem[]): TimelineItem[] => {
  const known = new Map(before.map((item) => [item.key, item]))
  return now.map((item) => {
    const same = known.get(item.key)
    return same && equalityDeep(same, item) ? same : item
  })
}
