import { defineAsyncComponent, watch, type Component } from 'vue'
import { allWords } from './language/language-choice.ts'
import { loadPart } from './load-part.ts'
import { useSoon } from './useSoon.ts'

export type LazyPart<Part extends Component> = Part & {
  /** Fetches it ahead of being seen. */
  fetch(): void
}

/**
 * A component that is seen only once somebody does something: what is painted first is painted without it. To be made once for the whole page
 * and not by each that shows it, so that it comes once.
 */
export const lazyPart = <Part extends Component>(load: () => Promise<{ default: Part }>): LazyPart<Part> => {
  let coming: Promise<{ default: Part }> | undefined
  const comeWithWords = async () => {
    const part = await loadPart(load, () => undefined)
    await allWords
    return part
  }
  const come = () => (coming ??= comeWithWords())
  return Object.assign(defineAsyncComponent(come), { fetch: () => void come() })
}

/** Fetches them soon after the first screen: the server may be away by the time when they are wanted. */
export const useLazyParts = (...parts: readonly Pick<LazyPart<Component>, 'fetch'>[]): void => {
  watch(useSoon(), () => parts.forEach((part) => part.fetch()))
}
