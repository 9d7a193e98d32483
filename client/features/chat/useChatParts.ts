import { shallowReadonly, shallowRef, watch } from 'vue'
import { loadPart } from '../../ui/load-part.ts'
import { useSoon } from '../../ui/useSoon.ts'
import type * as ChatParts from './chat-parts.ts'

/** Undefined until their code is here, which is soon after the first screen, or when one of them is wanted. */
export const useChatParts = (areWanted: () => boolean) => {
  const parts = shallowRef<typeof ChatParts>()
  const isSoon = useSoon()
  watch(
    () => isSoon.value || areWanted(),
    async (isTime) => {
      if (!isTime || parts.value) return
      // What is asked for opens when it has come.
      parts.value = await loadPart(
        () => import('./chat-parts.ts'),
        () => undefined,
      )
    },
  )
  return shallowReadonly(parts)
}
