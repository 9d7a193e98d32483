import { inject, type InjectionKey } from 'vue'
import type { Random } from '../core/ports.ts'

/** The composition root gives the browser's randomness, a test its own. */
export const randomKey: InjectionKey<Random> = Symbol('random')

export const useRandom = (): Random => {
  const random = inject(randomKey)
  if (random === undefined) throw new Error('No randomness was provided')
  return random
}
