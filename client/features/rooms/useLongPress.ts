import { onScopeDispose } from 'vue'
import { openAfterPress } from '../../ui/after-press.ts'

const longMs = 500
/** A finger never lies quite still. In pixels. */
const slack = 10

/**
 * A finger that stays. Android and mice with a second button say `contextmenu`; iOS says nothing, so it is timed here too. The menu opens
 * when the finger is lifted: lifted later, it would close it again.
 */
export const useLongPress = (open: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from: { x: number; y: number } | undefined
  let isLong = false
  let swallowsClick = false

  const forget = () => {
    clearTimeout(timer)
    from = undefined
    isLong = false
  }
  onScopeDispose(forget)

  return {
    pointerdown(event: PointerEvent) {
      forget()
      swallowsClick = false
      if (event.pointerType !== 'touch') return
      from = { x: event.clientX, y: event.clientY }
      timer = setTimeout(() => (isLong = true), longMs)
    },
    pointermove({ clientX, clientY }: PointerEvent) {
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > slack) forget()
    },
    pointercancel: forget,
    pointerup() {
      const wasLong = isLong
      forget()
      if (!wasLong) return
      swallowsClick = true
      // After the browser has done with this press, which would close what opens in it.
      setTimeout(open)
    },
    contextmenu(event: MouseEvent) {
      event.preventDefault()
      forget()
      openAfterPress(event, open)
    },
    click(event: Event) {
      if (!swallowsClick) return
      swallowsClick = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
