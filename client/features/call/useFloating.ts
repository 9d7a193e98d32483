import { computed, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { keepWithin, movedBy, type Point } from './move-box.ts'

/** A box that can be moved about in what it lies in, by pointer and by arrow keys. Where it was not moved, its style sheet places it. */
export const useFloating = (box: Readonly<ShallowRef<HTMLElement | null>>) => {
  const at = shallowRef<Point>()
  let grip: Point | undefined

  const space = () => {
    const parent = box.value?.offsetParent
    return parent
      ? { width: parent.clientWidth, height: parent.clientHeight }
      : { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight }
  }
  const place = (wanted: Point) => {
    const element = box.value
    if (!element) return
    at.value = keepWithin(wanted, { width: element.offsetWidth, height: element.offsetHeight }, space())
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

  const observer = new ResizeObserver(() => {
    if (at.value) place(at.value)
  })
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
  onScopeDispose(() => observer.disconnect())

  return {
    style: computed(() =>
      at.value ? { inset: 'auto', left: `${at.value.x}px`, top: `${at.value.y}px` } : undefined,
    ),
    hold: { onPointerdown, onPointermove, onPointerup, onPointercancel: onPointerup },
    onKeydown,
    reset: () => (at.value = undefined),
  }
}
