import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** Whether a media query holds, as it changes. */
export const useMedia = (query: string): Readonly<ShallowRef<boolean>> => {
  const list = matchMedia(query)
  const holds = shallowRef(list.matches)
  const follow = () => (holds.value = list.matches)
  list.addEventListener('change', follow)
  onScopeDispose(() => list.removeEventListener('change', follow))
  return holds
}
