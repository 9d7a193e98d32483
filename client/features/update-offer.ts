import type { InjectionKey } from 'vue'
import type { Value } from '../core/value.ts'

/** A newer Hearth is here. Taking it loads the page anew; nothing happens otherwise (ux 43). */
export interface UpdateOffer {
  take(): void
}

/** Undefined while there is nothing newer. */
export const updateOfferKey: InjectionKey<Value<UpdateOffer | undefined>> = Symbol('the newer Hearth')
