import { shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import type { Place } from './screen.ts'

/**
 * A link of a device that the page was opened with (I8): its window comes at once, and with that window the link is gone. Whoever
 * links another device afterwards begins anew.
 */
export const useOpeningLink = (
  link: string | undefined,
  screens: { over: Readonly<Ref<readonly Place[]>>; openPlace(place: Place): void },
) => {
  const pending = shallowRef(link)
  if (link !== undefined) screens.openPlace({ name: 'linkDevice' })
  watch(screens.over, (places) => {
    if (!places.some(({ name }) => name === 'linkDevice')) pending.value = undefined
  })
  return shallowReadonly(pending)
}
