import { inject, shallowRef, type InjectionKey, type Ref } from 'vue'

/** While the first screen is being drawn: how many rows of a long list may stand there yet. Undefined from then on. */
type StartingRows = Readonly<Ref<number | undefined>>

export const startingRowsInjection: InjectionKey<StartingRows> = Symbol('rows while the page is starting')

export const useStartingRows = (): StartingRows =>
  inject(startingRowsInjection, () => shallowRef(undefined), true)
