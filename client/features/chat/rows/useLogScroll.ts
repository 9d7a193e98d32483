import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { bottomOf, findAnchor, type Anchor } from './scroll-anchor.ts'

/** Nearer to the end than this counts as being there. */
const endSlackPx = 24

/**
 * Keeps what is being read where it is (ux 9): at the end the log follows, anywhere else the first visible row stays put,
 * whatever is added, removed or resized around it. The browsers' own anchoring is off (CSS): it differs among them, is
 * missing in some and does nothing at the very top, which is where history loads.
 */
export const useLogScroll = (options: {
  scroller: Readonly<Ref<HTMLElement | null>>
  content: Readonly<Ref<HTMLElement | null>>
  /** After what may have changed what is seen. */
  onLook: (scroller: HTMLElement, after: 'scrolling' | 'drawing') => void
}) => {
  const { scroller, content, onLook } = options
  const isAtEnd = shallowRef(true)
  let anchor: Anchor | undefined

  const look = (element: HTMLElement, after: 'scrolling' | 'drawing') => {
    const below = element.scrollHeight - element.clientHeight - element.scrollTop
    isAtEnd.value = below <= endSlackPx
    anchor = isAtEnd.value ? undefined : findAnchor(element)
    onLook(element, after)
  }

  const onScroll = () => {
    if (scroller.value) look(scroller.value, 'scrolling')
  }

  let slackPx = 0
  /** Scrolling is by whole pixels, and rows have parts of them: a part that is left over goes into the free space above all. */
  const settle = (left: number) => {
    const element = scroller.value
    if (!element || !content.value || left === 0 || Math.abs(left) >= 1) return
    const isShort = left > slackPx
    slackPx += (isShort ? 1 : 0) - left
    content.value.style.marginBlockStart = `${slackPx}px`
    if (isShort) element.scrollTop += 1
  }

  /** To be called when the content has changed and before it is painted. */
  const hold = () => {
    const element = scroller.value
    if (!element || element.clientHeight === 0) return
    if (anchor?.element.isConnected) {
      const moved = bottomOf(anchor.element, element) - anchor.bottom
      if (moved !== 0) element.scrollTop += moved
      settle(bottomOf(anchor.element, element) - anchor.bottom)
    } else if (isAtEnd.value) element.scrollTop = element.scrollHeight
    look(element, 'drawing')
  }

  const toEnd = () => {
    isAtEnd.value = true
    anchor = undefined
    hold()
  }

  /** Brings a row a little below the top, as where reading goes on. */
  const toRow = (row: Element) => {
    row.scrollIntoView({ block: 'start' })
    onScroll()
  }

  const observer = new ResizeObserver(hold)
  watch(
    [scroller, content],
    (elements) => {
      observer.disconnect()
      // With its padding, which grows too (`LogCover`).
      for (const element of elements) if (element) observer.observe(element, { box: 'border-box' })
    },
    { immediate: true },
  )
  onScopeDispose(() => observer.disconnect())

  return { isAtEnd, onScroll, hold, toEnd, toRow }
}
