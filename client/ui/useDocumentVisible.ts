import { onScopeDispose, shallowRef } from 'vue'

/** Whether somebody can see the page: not in a hidden tab or behind a locked screen. */
export const useDocumentVisible = () => {
  const read = () => document.visibilityState === 'visible'
  const isVisible = shallowRef(read())
  const follow = () => (isVisible.value = read())
  document.addEventListener('visibilitychange', follow)
  onScopeDispose(() => document.removeEventListener('visibilitychange', follow))
  return isVisible
}
