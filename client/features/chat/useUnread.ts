import { shallowRef, watch, type Ref } from 'vue'
import type { TimelineView } from '../../core/hearth.ts'
import { announce, findArrivals, isArrival } from './arrivals.ts'
import { sayAgain } from './say-again.ts'

/**
 * What has come and was not looked at, on whichever of the person's devices: where the line goes (ux 8), how many the button counts (ux 9),
 * and what a screen reader is told (ux 36). `isSeen` tells whether the end of the log is before somebody's eyes now.
 */
export const useUnread = (options: {
  view: Readonly<Ref<TimelineView>>
  isSeen: () => boolean
  isRead: (key: string) => boolean
  /** All that the room holds has been seen. */
  markRead: () => void
}) => {
  const { view, isSeen, isRead, markRead } = options
  const firstUnread = shallowRef<string>()
  const unseenCount = shallowRef(0)
  const announcement = shallowRef('')

  const markSeen = () => {
    if (view.value.status !== 'ready' || view.value.items.length === 0) return
    unseenCount.value = 0
    markRead()
  }

  const onOpened = () => {
    const unread = view.value.items.filter((item) => isArrival(item) && !isRead(item.key))
    firstUnread.value = unread[0]?.key
    unseenCount.value = unread.length
  }

  const onChanged = (before: TimelineView) => {
    const arrivals = findArrivals(before, view.value)
    if (arrivals.length === 0) return
    announcement.value = sayAgain(announcement.value, announce(arrivals))
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
