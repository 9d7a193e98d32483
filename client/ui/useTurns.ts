import { onMounted, onScopeDispose, shallowReadonly, shallowRef } from 'vue'

/**
 * Counts from 0 to `last`, one task each: what is drawn turn by turn holds up nobody who touches the screen meanwhile, where all at once
 * it would. At once in a page that nobody looks at, where tasks come a second apart.
 */
export const useTurns = (last: number) => {
  const turn = shallowRef(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  const goOn = () => {
    if (turn.value < last) timer = setTimeout(next, 0)
  }
  const next = () => {
    turn.value = document.hidden ? last : turn.value + 1
    goOn()
  }
  onMounted(goOn)
  onScopeDispose(() => clearTimeout(timer))
  return shallowReadonly(turn)
}
