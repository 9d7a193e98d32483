import { shallowReadonly, shallowRef, watch } from 'vue'
import type * as HomeParts from './home-parts.ts'
import { loadPart } from './ui/load-part.ts'
import { useSoon } from './ui/useSoon.ts'

/** Undefined until their code is here, which is soon after the first screen, or when one of them is wanted. */
export const useHomeParts = (areWanted: () => boolean) => {
  const parts = shallowRef<typeof HomeParts>()
  const isSoon = useSoon()
  watch(
    () => isSoon.value || areWanted(),
    async (isTime) => {
      if (!isTime || parts.value) return
      // What is asked for opens when it has come; until then everything else goes on.
      parts.value = await loadPart(
        () => import('./home-parts.ts'),
        () => undefined,
      )
    },
  )
  return shallowReadonly(parts)
}
