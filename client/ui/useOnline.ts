import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'

/** Whether this device says that it has a network. It may have one that leads nowhere. */
export const useOnline = () => {
  const isOnline = shallowRef(navigator.onLine)
  const look = () => (isOnline.value = navigator.onLine)
  addEventListener('online', look)
  addEventListener('offline', look)
  onScopeDispose(() => {
    removeEventListener('online', look)
    removeEventListener('offline', look)
  })
  return shallowReadonly(isOnline)
}
