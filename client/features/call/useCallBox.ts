import {
  computed,
  onBeforeUnmount,
  onMounted,
  shallowReadonly,
  shallowRef,
  watch,
  type ShallowRef,
} from 'vue'
import { useTopDialog } from './useTopDialog.ts'

const hasNoFocus = (): boolean => document.activeElement === null || document.activeElement === document.body

/**
 * The window of a call. Large, it is a modal of its own; small, it floats over everything, inside whatever modal is on top, since all that
 * is outside of that is dead to mouse and keys (ux 28).
 * @param frame what floats: a popover, which no window around it cuts off or takes along in its motion
 * @param box the dialog in it
 */
export const useCallBox = (
  frame: Readonly<ShallowRef<HTMLElement | null>>,
  box: Readonly<ShallowRef<HTMLDialogElement | null>>,
  onShrink: () => void,
) => {
  const isSmall = shallowRef(false)
  const top = useTopDialog((dialog) => dialog !== box.value && frame.value?.contains(dialog) !== true)
  const home = computed(() => (isSmall.value ? top.value : undefined))

  /** Of what loses the focus by being moved in the document. */
  let held: HTMLElement | undefined
  /** Where in the small window the focus was before a dialog took it. */
  let left: { from: HTMLElement; into: HTMLDialogElement } | undefined

  const show = () => {
    // Small, the dialog is shown by its style sheet: an open one that is no modal takes Esc from the windows around it.
    if (!isSmall.value) box.value?.showModal()
    else if (frame.value?.matches(':popover-open') === false) frame.value.showPopover()
  }
  const giveFocusBack = () => {
    if (!hasNoFocus()) return
    if (held) held.focus({ preventScroll: true })
    else if (left && !left.into.open) left.from.focus({ preventScroll: true })
  }
  /** To the way back, where what had it before the call was large is gone. */
  const giveFocusToSmall = () => {
    if (hasNoFocus())
      frame.value?.querySelector<HTMLElement>('[data-enlarge]')?.focus({ preventScroll: true })
  }

  onMounted(show)
  watch(home, () => {
    const focused = document.activeElement
    held = focused instanceof HTMLElement && frame.value?.contains(focused) ? focused : undefined
  })
  watch(
    [isSmall, home],
    ([isNowSmall], [wasSmall]) => {
      show()
      if (!isNowSmall) return
      if (wasSmall) giveFocusBack()
      else giveFocusToSmall()
    },
    { flush: 'post' },
  )
  onBeforeUnmount(() => box.value?.close())

  return {
    isSmall: shallowReadonly(isSmall),
    /** Where in the document the small window belongs; undefined: where it is written. */
    home,
    enlarge: () => (isSmall.value = false),
    shrink() {
      if (isSmall.value) return
      onShrink()
      // Before it is moved: a modal gives the focus back only from its place.
      box.value?.close()
      isSmall.value = true
    },
    onFocusout({ target, relatedTarget }: FocusEvent) {
      const into = relatedTarget instanceof Element ? relatedTarget.closest('dialog') : null
      left = into && target instanceof HTMLElement ? { from: target, into } : undefined
    },
  }
}
