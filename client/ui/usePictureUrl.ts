import { onScopeDispose, shallowReadonly, shallowRef, watch } from 'vue'
import { pictureUrls, type PictureBytes } from './picture-url.ts'

/** The address of a picture in memory, for as long as it is shown here. */
export const usePictureUrl = (picture: () => PictureBytes | undefined) => {
  const url = shallowRef<string>()
  let held: PictureBytes | undefined
  const hold = (next: PictureBytes | undefined) => {
    url.value = next && pictureUrls.take(next)
    if (held) pictureUrls.giveBack(held)
    held = next
  }
  watch(picture, hold, { immediate: true })
  onScopeDispose(() => hold(undefined))
  return shallowReadonly(url)
}
