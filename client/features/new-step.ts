import { inject, watch, type InjectionKey } from 'vue'

/** Leads eyes and focus to the top of a window. */
export const toTopKey: InjectionKey<() => void> = Symbol('toTop')

/** When a page goes on to something else, reading begins at its top again; what was pressed is gone, and the focus with it. */
export const useNewStep = (step: () => unknown) => {
  const toTop = inject(toTopKey, undefined)
  watch(step, () => toTop?.(), { flush: 'post' })
}
