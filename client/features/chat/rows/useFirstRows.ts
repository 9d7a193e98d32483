import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { TimelineItem } from '../../../core/hearth.ts'
import { nextRest } from '../../../ui/next-paint.ts'

/** About as many as fit on a screen, and as many as may be drawn at once after them without a frame being late. */
const firstRows = 14
const rowsAtOnce = 10

/**
 * Of what a room opens with the newest rows, which are all that is seen, at once; those before them frame by frame. Later ones and
 * what is loaded beyond the beginning come as they are. While the page is starting the newest come bit by bit as well, and are to be seen
 * once they fill the screen.
 */
export const useFirstRows = (options: {
  items: () => readonly TimelineItem[]
  firstUnread: () => string | undefined
  dayOf: (ms: number) => string
  /** While the page is starting: how many may stand there yet. */
  starting: () => number | undefined
}) => {
  const most = shallowRef(firstRows)
  let isOver = false

  /** Down from where reading goes on everything is shown. */
  const fromUnread = computed(() => {
    const key = options.firstUnread()
    const at = key === undefined ? -1 : options.items().findIndex((item) => item.key === key)
    return at < 0 ? 0 : options.items().length - at
  })
  const shown = computed(() => {
    const items = options.items()
    const count = options.starting() ?? Math.max(most.value, fromUnread.value)
    if (count === 0) return []
    return count >= items.length ? items : items.slice(-count)
  })
  const isWhole = computed(() => shown.value.length === options.items().length)
  const fillScreen = computed(() => options.starting() === undefined || isWhole.value)
  const showAll = () => (most.value = Infinity)

  /** Rows of one day at a time: else a day that is on the screen would begin elsewhere and grow at once, which browsers count as moved. */
  const showMore = () => {
    const items = options.items()
    const next = items.length - shown.value.length - 1
    if (next < 0) return
    const dayAt = (index: number) => options.dayOf(items[index]?.ms ?? 0)
    let first = next
    while (first > 0 && next - first + 1 < rowsAtOnce && dayAt(first - 1) === dayAt(next)) first--
    most.value = items.length - first
  }
  const grow = async () => {
    while (!isOver && !isWhole.value) {
      await nextRest()
      showMore()
    }
    showAll()
  }
  watch(
    () => options.starting() === undefined && options.items().length > 0,
    (isThere) => isThere && void grow(),
    { immediate: true },
  )
  onScopeDispose(() => (isOver = true))

  return { shown, isWhole, fillScreen, showAll }
}
