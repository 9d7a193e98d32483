import { shallowReadonly, shallowRef, watch } from 'vue'
import type HomePlaces from './HomePlaces.vue'
import { loadPart } from './ui/load-part.ts'
import { useSoon } from './ui/useSoon.ts'

/**
 * The windows over the chat, undefined until their code is here. It is not needed for the history to be painted, and comes soon
 * after, so that they open at once, also when the server is gone by then.
 */
export const useHomePlaces = (areWanted: () => boolean) => {
  const homePlaces = shallowRef<typeof HomePlaces>()
  const needsReload = shallowRef(false)
  const isSoon = useSoon()
  watch(
    () => isSoon.value || areWanted(),
    async (isTime) => {
      if (!isTime) return
      const loaded = await loadPart(
        () => import('./HomePlaces.vue'),
        () => (needsReload.value = true),
      )
      homePlaces.value = loaded.default
    },
    { immediate: true },
  )
  return { homePlaces: shallowReadonly(homePlaces), needsReload: shallowReadonly(needsReload) }
}
