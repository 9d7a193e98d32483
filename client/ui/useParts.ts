import { shallowReadonly, shallowRef, watch } from 'vue'
import { allWords } from './language/language-choice.ts'
import { loadPart } from './load-part.ts'
import { useSoon } from './useSoon.ts'

/**
 * What the first screen is painted without. `parts` is undefined until their code and all words are here, which is soon after the first
 * screen, so that they open at once, also when the server is gone by then; or when one of them is wanted. `needsReload`: the server is
 * there, and they did not come.
 */
export const useParts = <Parts>(load: () => Promise<Parts>, areWanted: () => boolean) => {
  const parts = shallowRef<Parts>()
  const needsReload = shallowRef(false)
  const isSoon = useSoon()
  watch(
    () => isSoon.value || areWanted(),
    async (isTime) => {
      if (!isTime || parts.value) return
      // What is asked for opens when it has come; until then everything else goes on.
      const come = await loadPart(load, () => (needsReload.value = true))
      await allWords
      parts.value = come
    },
    { immediate: true },
  )
  return { parts: shallowReadonly(parts), needsReload: shallowReadonly(needsReload) }
}
