import { shallowReadonly, shallowRef, watch, type ShallowRef } from 'vue'
import { loadPart } from './load-part.ts'
import { useSoon } from './useSoon.ts'

/** Undefined until their code is here, which is soon after the first screen, or when one of them is wanted. */
export const useParts = <Parts>(
  load: () => Promise<Parts>,
  areWanted: () => boolean,
): Readonly<ShallowRef<Parts | undefined>> => {
  const parts = shallowRef<Parts>()
  const isSoon = useSoon()
  watch(
    () => isSoon.value || areWanted(),
    async (isTime) => {
      if (!isTime || parts.value) return
      // What is asked for opens when it has come; until then everything else goes on.
      parts.value = await loadPart(load, () => undefined)
    },
  )
  return shallowReadonly(parts)
}
