import { onMounted, onScopeDispose, shallowRef } from 'vue'

/** Long enough for what the screen is about to be there first, too short for a person to reach for anything else. */
const soonMs = 1_000

/** False while the screen is being drawn for the first time; true from then on. */
export const useSoon = () => {
  const isSoon = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onMounted(() => {
    timer = setTimeout(() => (isSoon.value = true), soonMs)
  })
  onScopeDispose(() => clearTimeout(timer))
  return isSoon
}
