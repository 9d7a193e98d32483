import { computed, shallowRef, type ComputedRef } from 'vue'
import type { TimelineItem } from '../../../core/hearth.ts'
import { whenIdle } from '../../../ui/next-paint.ts'
import { createRowHeights } from './row-heights.ts'
import { around, fewRows, grow, mostScreens, type Growth, type RowRange } from './row-range.ts'

/** Keeps in the document what is seen of a long log and a few screens around it; empty space stands for all else. */
export interface RowWindow {
  readonly range: ComputedRef<RowRange>
  /** What is seen may have changed. Who scrolls is given rows frame by frame, until there are enough; else looking may wait. */
  look(after: 'scrolling' | 'drawing'): void
  /** So that a row far away can be scrolled to once it is drawn; undefined: the newest. */
  goTo(key: string | undefined): void
}

export interface RowWindowOptions {
  items: () => readonly TimelineItem[]
  dayOf: (ms: number) => string
  scroller: () => HTMLElement | null
}

/** Above the row: its day's heading, or the line of what is new. */
const topOf = (row: Element): number => {
  const before = row.previousElementSibling
  const first = before?.matches('[data-row]') === false ? before : row
  const list = row.parentElement
  const section = list?.firstElementChild === first ? list.parentElement : null
  return (section ?? first).getBoundingClientRect().top
}

/** What somebody has in hand stays, wherever it has been scrolled to: the focus, and what is selected. */
const isInHand = (row: Element): boolean => {
  if (row.contains(document.activeElement)) return true
  const selection = getSelection()
  return selection !== null && !selection.isCollapsed && selection.containsNode(row, true)
}

/** Begins with all rows that there are in the document. */
export const createRowWindow = ({ items, dayOf, scroller }: RowWindowOptions): RowWindow => {
  const heights = createRowHeights()
  const keys = computed(() => items().map(({ key }) => key))
  /** Of a day, in CSS pixels: it stands above its first row in the document, whichever that is. */
  let headingPx = 0
  let widthPx = 0
  /** Named, since rows come at both ends and between. `last` undefined: up to the newest, which are followed. */
  const first = shallowRef(keys.value[0])
  const last = shallowRef<string>()
  /** As they were, should the first or the last of them go. */
  let shownBefore: readonly string[] = keys.value

  const startsWithinDay = (index: number) => {
    const [row, older] = [items()[index], items()[index - 1]]
    return row !== undefined && older !== undefined && dayOf(row.ms) === dayOf(older.ms)
  }
  const placeOf = (all: readonly string[]): Growth => {
    const from = all.indexOf(first.value ?? '')
    const to = last.value === undefined ? all.length : all.indexOf(last.value) + 1
    if (from >= 0 && to > from) return { from, to }
    const before = new Set(shownBefore)
    const left = all.findIndex((key) => before.has(key))
    if (left < 0) return around(all.length, all.length)
    return {
      from: left,
      to: last.value === undefined ? all.length : all.findLastIndex((key) => before.has(key)) + 1,
    }
  }
  const range = computed<RowRange>(() => {
    const all = keys.value
    const { from, to } = placeOf(all)
    shownBefore = all.slice(from, to)
    const doubledPx = startsWithinDay(from) ? headingPx : 0
    return {
      from,
      to,
      abovePx: Math.max(0, heights.sum(all.slice(0, from)) - doubledPx),
      belowPx: heights.sum(all.slice(to)),
    }
  })

  const show = ({ from, to }: Growth) => {
    first.value = keys.value[from]
    last.value = to >= keys.value.length ? undefined : keys.value[to - 1]
  }

  /** Before rows go: what they took is left free. */
  const noteHeights = (rows: readonly Element[]) => {
    const tops = rows.map(topOf)
    const end = rows.at(-1)?.getBoundingClientRect().bottom ?? 0
    const { from } = range.value
    rows.forEach((row, index) => {
      const key = keys.value[from + index]
      const top = tops[index] ?? 0
      const heading = row.getBoundingClientRect().top - top
      if (index === 0 && heading > 0) headingPx = heading
      // Where the first one's day begins further up, its heading is not its own.
      const isHeadings = index === 0 && startsWithinDay(from)
      if (key !== undefined) heights.note(key, (tops[index + 1] ?? end) - (isHeadings ? top + heading : top))
    })
  }

  const look = () => {
    const element = scroller()
    const screenPx = element?.clientHeight ?? 0
    if (!element || screenPx === 0) return
    if (element.clientWidth !== widthPx) {
      widthPx = element.clientWidth
      heights.forget()
    }
    const rows = [...element.querySelectorAll('[data-row]')]
    const { from, to, abovePx } = range.value
    const [oldest, newest] = [rows[0], rows.at(-1)]
    if (!oldest || !newest || rows.length !== to - from) return
    const edge = element.getBoundingClientRect().top
    const topPx = topOf(oldest) - edge
    const bottomPx = newest.getBoundingClientRect().bottom - edge - screenPx
    // Somebody has dragged the scroll bar, and sees nothing but empty space.
    if (topPx > screenPx || bottomPx < -screenPx) {
      const count = keys.value.length
      show(around(heights.indexAt(keys.value, abovePx - topPx), count))
      return
    }
    const next = grow({ from, to }, keys.value.length, {
      above: -topPx / screenPx,
      below: bottomPx / screenPx,
    })
    const farPx = mostScreens * screenPx
    const areMany = rows.length > fewRows
    const isFarAbove = areMany && -topPx > farPx
    const isFarBelow = areMany && bottomPx > farPx
    if (isFarAbove || isFarBelow) {
      noteHeights(rows)
      const stays = (row: Element) => {
        const { top, bottom } = row.getBoundingClientRect()
        const isNear = bottom - edge > -farPx && top - edge - screenPx < farPx
        return isNear || isInHand(row)
      }
      if (isFarAbove) next.from = from + Math.max(0, rows.findIndex(stays))
      if (isFarBelow) next.to = from + rows.findLastIndex(stays) + 1
    }
    show(next)
  }

  let due: 'frame' | 'rest' | undefined
  let isShort = false
  const lookNow = () => {
    if (due === undefined) return
    due = undefined
    const { from, to } = range.value
    look()
    isShort = range.value.from !== from || range.value.to !== to
  }

  return {
    range,
    look(after) {
      const wanted = after === 'scrolling' || isShort ? 'frame' : 'rest'
      if (due === 'frame' || due === wanted) return
      due = wanted
      if (due === 'frame') requestAnimationFrame(lookNow)
      else whenIdle(lookNow)
    },
    goTo(key) {
      const count = keys.value.length
      const index = key === undefined ? count : keys.value.indexOf(key)
      const { from, to } = range.value
      if (index < 0 || (index >= from && index < to) || (index === count && to === count)) return
      show(around(index, count))
    },
  }
}
