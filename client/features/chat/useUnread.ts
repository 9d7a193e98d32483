import { shallowRef, watch, type Ref } from 'vue'
import type { TimelineView } from '../../core/hearth.ts'
import { announce, findArrivals, isArrival } from './arrivals.ts'

/** The time of the newest message seen, for each room; lives as long as the page. */
export type ReadMarks = Map<string, number>

/**
 * What has come and was not looked at: where the line goes (ux 8), how many the button counts (ux 9), and what a screen
 * reader is told (ux 36). `isSeen` tells whether the end of the log is before somebody's eyes now.
 */
export const useUnread = (options: {
  room: string
  marks: ReadMarks
  view: Readonly<Ref<TimelineView>>
  isSeen: () => boolean
}) => {
  const { room, marks, view, isSeen } = options
  const firstUnread = shallowRef<string>()
  const unseenCount = shallowRef(0)
  const announcement = shallowRef('')

  const markSeen = () => {
    const newest = view.value.items.at(-1)
    if (view.value.status !== 'ready' || newest === undefined) return
    unseenCount.value = 0
    marks.set(room, newest.ms)
  }

  const onOpened = () => {
    const mark = marks.get(room)
    if (mark === undefined) return
    const unread = view.value.items.filter((item) => item.ms > mark && isArrival(item))
    firstUnread.value = unread[0]?.key
    unseenCount.value = unread.length
  }

  const onChanged = (before: TimelineView) => {
    const arrivals = findArrivals(before, view.value)
    if (arrivals.length === 0) return
    announcement.value = announce(arrivals)
    if (isSeen()) return
    if (unseenCount.value === 0) firstUnread.value = arrivals[0]?.key
    unseenCount.value += arrivals.length
  }

  if (view.value.status === 'ready') onOpened()
  watch(view, (after, before) => {
    if (before.status === 'loading' && after.status === 'ready') onOpened()
    else onChanged(before)
  })

  /** An answer shows that all was read. */
  const clearLine = () => (firstUnread.value = undefined)

  return { firstUnread, unseenCount, announcement, markSeen, clearLine }
}
