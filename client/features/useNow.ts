import { onScopeDispose, shallowRef } from 'vue'

const lookEveryMs = 60_000

/** The time, renewed often enough that "Today" becomes "Yesterday" at midnight, also after a sleep. */
export const useNow = () => {
  const nowMs = shallowRef(Date.now())
  const look = () => (nowMs.value = Date.now())
  const timer = setInterval(look, lookEveryMs)
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
  return nowMs
}
