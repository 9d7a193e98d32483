import { computed, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { keepWithin, movedBy, sticksOut, type Point } from './move-box.ts'

/** The part of the window that no on-screen keyboard covers. Pinched in, what is visible says nothing about a keyboard. */
const openHeight = (): number => {
  const { clientHeight } = document.documentElement
  const viewport = window.visualViewport
  return viewport && viewport.scale <= 1.01 ? Math.min(viewport.height, clientHeight) : clientHeight
}

/**
 * A box that can be moved about in what it lies in, by pointer and by arrow keys. Where it was not moved, its style sheet places it, or
 * what `begin` was told.
 */
export const useFloating = (box: Readonly<ShallowRef<HTMLElement | null>>) => {
  const at = shallowRef<Point>()
  const start = shallowRef<Readonly<Record<string, string>>>()
  /** Where it was put: it goes back there when there is room again. */
  let wanted: Point | undefined
  let grip: Point | undefined

  const space = () => {
    const parent = box.value?.offsetParent
    return parent
      ? { width: parent.clientWidth, height: parent.clientHeight }
      : { width: document.documentElement.clientWidth, height: openHeight() }
  }
  const size = () => ({ width: box.value?.offsetWidth ?? 0, height: box.value?.offsetHeight ?? 0 })
  const place = (to: Point) => {
    if (!box.value) return
    wanted = keepWithin(to, size(), space())
    at.value = wanted
  }
  const where = (): Point => ({ x: box.value?.offsetLeft ?? 0, y: box.value?.offsetTop ?? 0 })

  const onPointerdown = (event: PointerEvent) => {
    const pressed = event.target instanceof Element ? event.target.closest('button, a, input') : null
    if (!box.value || event.button !== 0 || (pressed && !pressed.hasAttribute('data-move'))) return
    const { x, y } = where()
    grip = { x: event.clientX - x, y: event.clientY - y }
    box.value.setPointerCapture(event.pointerId)
  }
  const onPointermove = ({ clientX, clientY }: PointerEvent) => {
    if (grip) place({ x: clientX - grip.x, y: clientY - grip.y })
  }
  const onPointerup = () => (grip = undefined)
  const onKeydown = (event: KeyboardEvent) => {
    const next = movedBy(event.key, where())
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    place(next)
  }

  /** The window or the box has another size. */
  const fit = () => {
    if (!box.value || box.value.offsetWidth === 0) return
    if (wanted) at.value = keepWithin(wanted, size(), space())
    else if (sticksOut(where(), size(), space())) at.value = keepWithin(where(), size(), space())
  }
  const observer = new ResizeObserver(fit)
  window.visualViewport?.addEventListener('resize', fit)
  watch(
    box,
    (now) => {
      observer.disconnect()
      if (!now) return
      observer.observe(now)
      if (now.offsetParent) observer.observe(now.offsetParent)
      else observer.observe(document.documentElement)
    },
    { flush: 'post' },
  )
  onScopeDispose(() => {
    observer.disconnect()
    window.visualViewport?.removeEventListener('resize', fit)
  })

  return {
    style: computed(() =>
      at.value ? { inset: 'auto', left: `${at.value.x}px`, top: `${at.value.y}px` } : start.value,
    ),
    hold: {
      onPointerdown,
      onPointermove,
      onPointerup,
      onPointercancel: onPointerup,
      // As where it is taken into another window while it is held.
      onLostpointercapture: onPointerup,
    },
    onKeydown,
    /** Where it lies until somebody moves it, as a style; undefined: as its style sheet has it. */
    begin(style: Readonly<Record<string, string>> | undefined) {
      if (wanted) return
      at.value = undefined
      start.value = style
    },
  }
}
