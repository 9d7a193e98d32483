import { shallowReadonly, shallowRef, watch } from 'vue'
import { loadPart } from '../../../ui/load-part.ts'
import { useSoon } from '../../../ui/useSoon.ts'
import type { RowWindow, RowWindowOptions } from './row-window.ts'

/** Which rows of a log are in the document. Undefined until soon after the first screen, which needs none but the newest. */
export const useRowWindow = (options: RowWindowOptions) => {
  const rowWindow = shallowRef<RowWindow>()
  watch(useSoon(), async () => {
    const { createRowWindow } = await loadPart(
      () => import('./row-window.ts'),
      () => undefined,
    )
    rowWindow.value = createRowWindow(options)
  })
  return shallowReadonly(rowWindow)
}
