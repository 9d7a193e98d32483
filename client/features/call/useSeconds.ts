import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'

/** The time now, to the second. */
export const useSeconds = () => {
  const nowMs = shallowRef(Date.now())
  const timer = setInterval(() => (nowMs.value = Date.now()), 1_000)
  onScopeDispose(() => clearInterval(timer))
  return shallowReadonly(nowMs)
}
